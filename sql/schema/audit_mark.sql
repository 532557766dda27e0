CREATE TABLE public.audit_mark (
    last_id bigint NOT NULL,
    next_xid xid8 NOT NULL
);

ALTER TABLE ONLY public.audit_mark FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_mark ENABLE ROW LEVEL SECURITY;
