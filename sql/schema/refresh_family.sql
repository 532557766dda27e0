CREATE TABLE public.refresh_family (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    subject uuid NOT NULL,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY public.refresh_family FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.refresh_family
    ADD CONSTRAINT refresh_family_pkey PRIMARY KEY (id);

CREATE INDEX refresh_family_subject_idx ON public.refresh_family USING btree (subject);

ALTER TABLE public.refresh_family ENABLE ROW LEVEL SECURITY;
