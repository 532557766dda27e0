CREATE TABLE public.commitment_progress (
    commitment_id uuid NOT NULL,
    noted_on date NOT NULL,
    percent integer NOT NULL,
    note text NOT NULL,
    proof jsonb,
    village_code text NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    search tsvector GENERATED ALWAYS AS (public.search_vector('{}'::text[], ARRAY[(proof ->> 'number'::text)])) STORED NOT NULL,
    CONSTRAINT commitment_progress_percent__range CHECK (((percent >= 0) AND (percent <= 100)))
);

ALTER TABLE ONLY public.commitment_progress FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_id__unique PRIMARY KEY (id);

CREATE INDEX commitment_progress_commitment_id_noted_on_id_idx ON public.commitment_progress USING btree (commitment_id, noted_on, id);

CREATE INDEX commitment_progress_search_idx ON public.commitment_progress USING gin (search) WHERE (deleted_at IS NULL);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.commitment_progress FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.audit_row('commitment_progress', '{}', '{id,version,created_at,created_by,updated_at,updated_by,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.commitment_progress_hold();

CREATE TRIGGER part_written AFTER INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.part_written('commitment', 'commitment_id');

CREATE TRIGGER runs BEFORE INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.commitment_runs();

CREATE TRIGGER violations BEFORE INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_commitment_id__exists FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.commitment_progress FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.commitment_progress FOR SELECT TO ovop_bupati USING (true);

ALTER TABLE public.commitment_progress ENABLE ROW LEVEL SECURITY;

CREATE POLICY dinas_insert ON public.commitment_progress FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.commitment_progress FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.commitment_progress FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.commitment_progress FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.commitment_progress TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.commitment_progress TO ovop_dinas;
GRANT SELECT ON TABLE public.commitment_progress TO ovop_bupati;
GRANT SELECT ON TABLE public.commitment_progress TO ovop_system;
