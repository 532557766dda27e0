CREATE TABLE public.workflow_transition (
    workflow text NOT NULL,
    "position" integer NOT NULL,
    action text NOT NULL,
    from_status text NOT NULL,
    to_status text,
    decides boolean DEFAULT false NOT NULL,
    verifies boolean DEFAULT false NOT NULL,
    needs_note boolean DEFAULT false NOT NULL,
    roles text[],
    change_request text,
    CONSTRAINT workflow_transition_change_request_check CHECK ((change_request = ANY (ARRAY['opens'::text, 'closes'::text])))
);

ALTER TABLE ONLY public.workflow_transition
    ADD CONSTRAINT workflow_transition_pkey PRIMARY KEY (workflow, action, from_status);

CREATE UNIQUE INDEX workflow_transition_workflow_from_status_to_status_idx ON public.workflow_transition USING btree (workflow, from_status, to_status) WHERE (change_request IS DISTINCT FROM 'closes'::text);

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.workflow_transition FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();

ALTER TABLE ONLY public.workflow_transition
    ADD CONSTRAINT workflow_transition_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow(name);

GRANT SELECT ON TABLE public.workflow_transition TO ovop_api;
