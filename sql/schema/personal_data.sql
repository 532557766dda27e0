CREATE TABLE public.personal_data (
    table_name text NOT NULL,
    resource text NOT NULL,
    forgotten jsonb NOT NULL,
    umkm_column text,
    ends_column text
);

ALTER TABLE ONLY public.personal_data
    ADD CONSTRAINT personal_data_pkey PRIMARY KEY (table_name);

ALTER TABLE ONLY public.personal_data
    ADD CONSTRAINT personal_data_resource_key UNIQUE (resource);
