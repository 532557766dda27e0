CREATE TABLE public.workflow (
    name text NOT NULL,
    initial text NOT NULL
);

ALTER TABLE ONLY public.workflow
    ADD CONSTRAINT workflow_pkey PRIMARY KEY (name);

GRANT SELECT ON TABLE public.workflow TO ovop_api;
