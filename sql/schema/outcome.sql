CREATE TABLE public.outcome (
    umkm_id uuid NOT NULL,
    session_id uuid,
    program_id uuid,
    kind text NOT NULL,
    description text,
    observed_on date NOT NULL,
    value_before numeric,
    value_after numeric,
    unit text,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[description], public.jsonb_texts(jsonb_path_query_array(evidence, '$[*]."number"'::jsonpath)))) STORED NOT NULL,
    CONSTRAINT outcome_kind__enum CHECK ((kind = ANY (ARRAY['nib_issued'::text, 'pirt_issued'::text, 'halal_issued'::text, 'bpom_issued'::text, 'trademark'::text, 'packaging'::text, 'branding'::text, 'new_product'::text, 'price_rise'::text, 'sales_rise'::text, 'new_market'::text, 'online_sales'::text, 'first_export'::text, 'finance'::text, 'workers_hired'::text, 'class_up'::text, 'other'::text]))),
    CONSTRAINT outcome_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[]))),
    CONSTRAINT outcome_unit__enum CHECK ((unit = ANY (ARRAY['idr'::text, 'kg'::text, 'quintal'::text, 't'::text, 'l'::text, 'piece'::text, 'dozen'::text, 'kodi'::text, 'gross'::text, 'pack'::text, 'person'::text, 'percent'::text, 'count'::text]))),
    CONSTRAINT outcome_value_after__range CHECK ((value_after >= (0)::numeric)),
    CONSTRAINT outcome_value_before__range CHECK ((value_before >= (0)::numeric))
);

ALTER TABLE ONLY public.outcome FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_id__unique PRIMARY KEY (id);

CREATE INDEX outcome_district_code_observed_on_id_idx ON public.outcome USING btree (district_code, observed_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_kind_observed_on_id_idx ON public.outcome USING btree (kind, observed_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_observed_on_id_idx ON public.outcome USING btree (observed_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_program_id_idx ON public.outcome USING btree (program_id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_search_idx ON public.outcome USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_session_id_idx ON public.outcome USING btree (session_id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_status_observed_on_id_idx ON public.outcome USING btree (status, observed_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_umkm_id_idx ON public.outcome USING btree (umkm_id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_updated_at_id_idx ON public.outcome USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX outcome_village_code_observed_on_id_idx ON public.outcome USING btree (village_code, observed_on, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.audit_row('outcome', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.business_workflow('outcome', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.outcome_hold();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_program_id__exists FOREIGN KEY (program_id) REFERENCES public.training_program(id);

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.outcome FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.outcome FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.outcome FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.outcome FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.outcome FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.outcome AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

ALTER TABLE public.outcome ENABLE ROW LEVEL SECURITY;

CREATE POLICY processing_restricted ON public.outcome AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY system_select ON public.outcome FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.outcome TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.outcome TO ovop_dinas;
GRANT SELECT ON TABLE public.outcome TO ovop_bupati;
GRANT SELECT ON TABLE public.outcome TO ovop_system;
