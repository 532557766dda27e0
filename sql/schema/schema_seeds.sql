CREATE TABLE public.schema_seeds (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.schema_seeds
    ADD CONSTRAINT schema_seeds_pkey PRIMARY KEY (name);
