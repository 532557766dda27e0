CREATE TABLE public.target (
    indicator text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    value numeric NOT NULL,
    note text,
    village_code text,
    district_code text,
    area_code text GENERATED ALWAYS AS (COALESCE("left"(village_code, 8), district_code)) STORED,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'proposed'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT target_district_code__one_area CHECK ((num_nonnulls(village_code, district_code) < 2)),
    CONSTRAINT target_period_to__before_start CHECK ((period_to >= period_from)),
    CONSTRAINT target_status__enum CHECK ((status = ANY ('{approved,proposed,rejected}'::text[])))
);

ALTER TABLE ONLY public.target FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_id__unique PRIMARY KEY (id);

CREATE INDEX target_area_code_period_from_id_idx ON public.target USING btree (area_code, period_from, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX target_indicator__unique ON public.target USING btree (indicator, period_from, period_to, village_code, district_code) NULLS NOT DISTINCT WHERE ((status = 'approved'::text) AND (deleted_at IS NULL));

CREATE INDEX target_indicator_period_from_id_idx ON public.target USING btree (indicator, period_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX target_period_from_id_idx ON public.target USING btree (period_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX target_period_from_id_idx1 ON public.target USING btree (period_from, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX target_status_period_from_id_idx ON public.target USING btree (status, period_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX target_updated_at_id_idx ON public.target USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX target_village_code_period_from_id_idx ON public.target USING btree (village_code, period_from, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.audit_row('target', '{}', '{area_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.business_workflow('target', '{area_code,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_district_code__exists FOREIGN KEY (district_code) REFERENCES public.district(code);

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.target FOR SELECT TO ovop_bumdes USING (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));

CREATE POLICY bupati_select ON public.target FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY bupati_update ON public.target FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);

CREATE POLICY dinas_insert ON public.target FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.target FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.target FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.target FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.target ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.target TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.target TO ovop_dinas;
GRANT SELECT,UPDATE ON TABLE public.target TO ovop_bupati;
GRANT SELECT ON TABLE public.target TO ovop_system;
