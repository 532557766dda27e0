CREATE TABLE public.production_report (
    umkm_id uuid NOT NULL,
    product_id uuid,
    month text NOT NULL,
    volume numeric,
    unit text,
    turnover_idr bigint,
    workers_male integer,
    workers_female integer,
    reason text,
    corrections public.change_request[] DEFAULT '{}'::public.change_request[] NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    workers_total integer GENERATED ALWAYS AS ((workers_male + workers_female)) STORED,
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
    change_request public.change_request,
    CONSTRAINT production_report_month__pattern CHECK ((month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT production_report_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[]))),
    CONSTRAINT production_report_turnover_idr__range CHECK ((turnover_idr >= 0)),
    CONSTRAINT production_report_unit__enum CHECK ((unit = ANY (ARRAY['kg'::text, 'g'::text, 'quintal'::text, 't'::text, 'l'::text, 'ml'::text, 'm'::text, 'piece'::text, 'dozen'::text, 'kodi'::text, 'gross'::text, 'pack'::text, 'bottle'::text, 'jar'::text, 'box'::text, 'set'::text, 'sheet'::text, 'head'::text, 'visit'::text, 'other'::text]))),
    CONSTRAINT production_report_volume__range CHECK ((volume >= (0)::numeric)),
    CONSTRAINT production_report_workers_female__range CHECK ((workers_female >= 0)),
    CONSTRAINT production_report_workers_male__range CHECK ((workers_male >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_insert_scale_factor='0.05');

ALTER TABLE ONLY public.production_report FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_product_id__month_together EXCLUDE USING gist (umkm_id WITH =, month WITH =, (
CASE
    WHEN (product_id IS NULL) THEN 1
    ELSE 0
END) WITH <>) WHERE (((deleted_at IS NULL) AND (status = 'verified'::text)));

CREATE INDEX production_report_district_code_month_id_idx ON public.production_report USING btree (district_code, month, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX production_report_month__unique ON public.production_report USING btree (umkm_id, month, product_id) NULLS NOT DISTINCT WHERE ((deleted_at IS NULL) AND (status = 'verified'::text));

CREATE INDEX production_report_month_id_idx ON public.production_report USING btree (month, id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_month_id_idx1 ON public.production_report USING btree (month, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX production_report_product_id_month_id_idx ON public.production_report USING btree (product_id, month, id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_status_month_id_idx ON public.production_report USING btree (status, month, id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_umkm_id_month_id_idx ON public.production_report USING btree (umkm_id, month, id) INCLUDE (turnover_idr, workers_total, status, product_id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_updated_at_id_idx ON public.production_report USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_updated_at_id_idx1 ON public.production_report USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX production_report_village_code_month_id_idx ON public.production_report USING btree (village_code, month, id) WHERE (deleted_at IS NULL);

CREATE INDEX production_report_village_code_verified_at_idx ON public.production_report USING btree (village_code, verified_at) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.audit_row('production_report', '{}', '{corrections,district_code,workers_total,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.business_workflow('production_report', '{district_code,workers_total,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.production_report_hold();

CREATE TRIGGER correction BEFORE UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.production_report_correct();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.production_report FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.production_report FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.production_report FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.production_report FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.production_report FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.production_report FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.production_report FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.production_report AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.production_report AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

ALTER TABLE public.production_report ENABLE ROW LEVEL SECURITY;

CREATE POLICY system_insert ON public.production_report FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.production_report FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('production:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.production_report FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_dinas;
GRANT SELECT ON TABLE public.production_report TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_system;
