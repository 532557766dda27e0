CREATE TABLE public.workflow_map (
    resource text NOT NULL,
    role text NOT NULL,
    write_scope text,
    actions jsonb NOT NULL
);

ALTER TABLE ONLY public.workflow_map
    ADD CONSTRAINT workflow_map_pkey PRIMARY KEY (resource, role);

GRANT SELECT ON TABLE public.workflow_map TO ovop_api;
