CREATE TABLE public.umkm (
    name text NOT NULL COLLATE public.indonesian,
    nib text,
    external_reference text,
    kbli_code text,
    kbli_edition text,
    legal_form text,
    founded_on date,
    workers_male integer,
    workers_female integer,
    workers_disabled integer,
    capital_idr bigint,
    annual_sales_idr bigint,
    annual_sales_year integer,
    size_class_reported text,
    village_enterprise_id uuid,
    contact_phone text,
    contact_whatsapp text,
    contact_email text,
    contact_links text[] DEFAULT '{}'::text[] NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    workers_total integer GENERATED ALWAYS AS ((workers_male + workers_female)) STORED,
    size_class_computed text GENERATED ALWAYS AS (public.size_class(founded_on, capital_idr, annual_sales_idr)) STORED,
    size_class_basis text GENERATED ALWAYS AS (public.size_basis(founded_on, capital_idr, annual_sales_idr)) STORED,
    size_class text GENERATED ALWAYS AS (COALESCE(public.size_class(founded_on, capital_idr, annual_sales_idr), size_class_reported)) STORED,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name], ARRAY[nib, external_reference])) STORED NOT NULL,
    search_public tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name])) STORED NOT NULL,
    CONSTRAINT umkm_annual_sales_idr__range CHECK ((annual_sales_idr >= 0)),
    CONSTRAINT umkm_capital_idr__range CHECK ((capital_idr >= 0)),
    CONSTRAINT umkm_legal_form__enum CHECK ((legal_form = ANY (ARRAY['perorangan'::text, 'pt_perorangan'::text, 'cv'::text, 'firma'::text, 'pt'::text, 'koperasi'::text, 'kelompok'::text, 'other'::text]))),
    CONSTRAINT umkm_nib__pattern CHECK ((nib ~ '^[0-9]{13}$'::text)),
    CONSTRAINT umkm_size_class_reported__enum CHECK ((size_class_reported = ANY (ARRAY['mikro'::text, 'kecil'::text, 'menengah'::text, 'besar'::text]))),
    CONSTRAINT umkm_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT umkm_workers_disabled__range CHECK ((workers_disabled >= 0)),
    CONSTRAINT umkm_workers_female__range CHECK ((workers_female >= 0)),
    CONSTRAINT umkm_workers_male__range CHECK ((workers_male >= 0))
);

ALTER TABLE ONLY public.umkm FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_id_village_code_key UNIQUE (id, village_code);

CREATE INDEX umkm_created_at_id_idx ON public.umkm USING btree (created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_district_code_name_id_idx ON public.umkm USING btree (district_code, name, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX umkm_external_reference__unique ON public.umkm USING btree (source, external_reference) WHERE ((deleted_at IS NULL) AND (source <> ALL (ARRAY['manual'::text, 'import'::text, 'sample'::text])));

CREATE INDEX umkm_external_reference_idx ON public.umkm USING btree (external_reference) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_kbli_code_name_id_idx ON public.umkm USING btree (kbli_code, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_name_id_idx ON public.umkm USING btree (name, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_name_id_idx1 ON public.umkm USING btree (name, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX umkm_name_id_idx2 ON public.umkm USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX umkm_nib__unique ON public.umkm USING btree (nib) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX umkm_nib_idx ON public.umkm USING btree (nib) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_search_idx ON public.umkm USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_search_public_idx ON public.umkm USING gin (search_public) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX umkm_size_class_name_id_idx ON public.umkm USING btree (size_class, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_status_updated_at_id_idx ON public.umkm USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_updated_at_id_idx ON public.umkm USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_updated_at_id_idx1 ON public.umkm USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX umkm_updated_at_id_idx2 ON public.umkm USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX umkm_village_code_status_name_id_idx ON public.umkm USING btree (village_code, status, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_village_enterprise_id_idx ON public.umkm USING btree (village_enterprise_id) WHERE (deleted_at IS NULL);

CREATE INDEX umkm_workers_total_idx ON public.umkm USING btree (workers_total) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.audit_row('umkm', '{contact_phone,contact_whatsapp,contact_email,contact_links}', '{district_code,workers_total,size_class_computed,size_class_basis,size_class,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search,search_public}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.business_workflow('umkm', '{district_code,workers_total,size_class_computed,size_class_basis,size_class,search,search_public,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.umkm_hold();

CREATE TRIGGER consent_approved AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((new.verified_at IS DISTINCT FROM old.verified_at)) EXECUTE FUNCTION public.umkm_consent_approve();

CREATE TRIGGER follow_certification AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((old.village_code <> new.village_code)) EXECUTE FUNCTION public.certification_follow();

CREATE TRIGGER follow_product AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((old.village_code <> new.village_code)) EXECUTE FUNCTION public.follow('product', 'umkm_id', 'umkm_id');

CREATE TRIGGER forget BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"contact_email": null, "contact_links": [], "contact_phone": null, "change_request": null, "contact_whatsapp": null}');

CREATE TRIGGER hold_children BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN (((new.village_enterprise_id IS DISTINCT FROM old.village_enterprise_id) OR (new.village_code IS DISTINCT FROM old.village_code))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER parts BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.link_parts();

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();

CREATE TRIGGER umkm_ends AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((((old.status = 'archived'::text) OR (new.status = 'archived'::text) OR (new.deleted_at IS NOT NULL)) AND (current_setting('app.forgets'::text, true) IS DISTINCT FROM 'on'::text))) EXECUTE FUNCTION public.umkm_ends();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_village_enterprise_id__exists FOREIGN KEY (village_enterprise_id) REFERENCES public.village_enterprise(id);

CREATE POLICY bumdes_insert ON public.umkm FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.umkm FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.umkm FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.umkm FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.umkm FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.umkm FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.umkm FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.umkm AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.umkm AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY public_select ON public.umkm FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_insert ON public.umkm FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.umkm FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.umkm FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.umkm ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_dinas;
GRANT SELECT ON TABLE public.umkm TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_system;

GRANT SELECT(name) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(kbli_code) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(kbli_edition) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(legal_form) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(founded_on) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(village_code) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(district_code) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(size_class) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(id) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(version) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(updated_at) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(status) ON TABLE public.umkm TO ovop_public;

GRANT SELECT(search_public) ON TABLE public.umkm TO ovop_public;
