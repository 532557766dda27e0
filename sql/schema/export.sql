CREATE TABLE public.export (
    exporter_name text NOT NULL COLLATE public.indonesian,
    exporter_nib text,
    mode text NOT NULL,
    buyer_id uuid,
    destination_country text NOT NULL,
    port_code text,
    exported_on date NOT NULL,
    incoterm text,
    documents jsonb DEFAULT '[]'::jsonb NOT NULL,
    lines jsonb NOT NULL,
    village_code text NOT NULL,
    quantity_kg numeric NOT NULL,
    fob_idr bigint NOT NULL,
    product_ids uuid[] NOT NULL,
    umkm_ids uuid[] NOT NULL,
    village_enterprise_ids uuid[] NOT NULL,
    evidence_grade text GENERATED ALWAYS AS (public.export_grade(documents)) STORED,
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
    document_keys text[] GENERATED ALWAYS AS (public.export_document_keys(documents)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[exporter_name], (exporter_nib || public.jsonb_texts(jsonb_path_query_array(documents, '$[*]."number"'::jsonpath))))) STORED NOT NULL,
    CONSTRAINT export_exporter_nib__pattern CHECK ((exporter_nib ~ '^[0-9]{13}$'::text)),
    CONSTRAINT export_mode__enum CHECK ((mode = ANY (ARRAY['direct'::text, 'aggregator'::text, 'hand_carried_sample'::text]))),
    CONSTRAINT export_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[])))
);

ALTER TABLE ONLY public.export FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_id__unique PRIMARY KEY (id);

CREATE INDEX export_buyer_id_idx ON public.export USING btree (buyer_id) WHERE (deleted_at IS NULL);

CREATE INDEX export_destination_country_exported_on_id_idx ON public.export USING btree (destination_country, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_district_code_exported_on_id_idx ON public.export USING btree (district_code, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_document_keys_idx ON public.export USING gin (document_keys) WHERE (deleted_at IS NULL);

CREATE INDEX export_evidence_grade_exported_on_id_idx ON public.export USING btree (evidence_grade, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_exported_on_id_idx ON public.export USING btree (exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_mode_exported_on_id_idx ON public.export USING btree (mode, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_product_ids_idx ON public.export USING gin (product_ids) WHERE (deleted_at IS NULL);

CREATE INDEX export_search_idx ON public.export USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX export_status_exported_on_id_idx ON public.export USING btree (status, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_umkm_ids_idx ON public.export USING gin (umkm_ids) WHERE (deleted_at IS NULL);

CREATE INDEX export_updated_at_id_idx ON public.export USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_village_code_exported_on_id_idx ON public.export USING btree (village_code, exported_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX export_village_enterprise_ids_idx ON public.export USING gin (village_enterprise_ids) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.audit_row('export', '{}', '{evidence_grade,district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,document_keys,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.business_workflow('export', '{evidence_grade,district_code,document_keys,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER compute BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_compute();

CREATE TRIGGER computed_hold BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_hold();

CREATE TRIGGER lift AFTER INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_lift();

CREATE TRIGGER totals AFTER INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_totals();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_buyer_id__exists FOREIGN KEY (buyer_id) REFERENCES public.buyer(id);

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.export FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.export FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.export FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.export FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.export FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.export FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.export FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

ALTER TABLE public.export ENABLE ROW LEVEL SECURITY;

CREATE POLICY not_counted ON public.export AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted)))));

CREATE POLICY processing_restricted ON public.export AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING ((NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted))));

CREATE POLICY system_insert ON public.export FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.export FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('exports:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.export FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_dinas;
GRANT SELECT ON TABLE public.export TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_system;
