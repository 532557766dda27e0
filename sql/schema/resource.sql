CREATE TABLE public.resource (
    name text NOT NULL,
    workflow text,
    writers text[] NOT NULL,
    deciders text[] NOT NULL,
    write_scope text NOT NULL
);

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (name);

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.resource FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow(name);

GRANT SELECT ON TABLE public.resource TO ovop_api;
