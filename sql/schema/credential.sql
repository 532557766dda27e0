CREATE TABLE public.credential (
    subject uuid NOT NULL,
    digest text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.credential FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (subject);

ALTER TABLE public.credential ENABLE ROW LEVEL SECURITY;
