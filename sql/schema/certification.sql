CREATE TABLE public.certification (
    umkm_id uuid,
    kind text NOT NULL,
    number text NOT NULL,
    issuer text,
    issued_on date,
    expires_on date,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    ends_on date GENERATED ALWAYS AS (COALESCE(expires_on, 'infinity'::date)) STORED NOT NULL,
    public_number text GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'nib'::text) THEN number
    ELSE NULL::text
END) STORED,
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
    villages_waiting text[] DEFAULT '{}'::text[] NOT NULL,
    village_enterprise_id uuid,
    product_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[issuer], ARRAY[number])) STORED NOT NULL,
    CONSTRAINT certification_kind__enum CHECK ((kind = ANY (ARRAY['nib'::text, 'pirt'::text, 'halal'::text, 'bpom'::text, 'trademark'::text, 'trademark_application'::text, 'sni'::text, 'organic'::text, 'gi'::text, 'lab'::text]))),
    CONSTRAINT certification_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT certification_umkm_id__one_bearer CHECK ((num_nonnulls(umkm_id, village_enterprise_id) = 1)),
    CONSTRAINT certification_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.certification FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_id__unique PRIMARY KEY (id);

CREATE INDEX certification_district_codes_idx ON public.certification USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX certification_ends_on_id_idx ON public.certification USING btree (ends_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_ends_on_id_idx1 ON public.certification USING btree (ends_on, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX certification_issued_on_ends_on_id_idx ON public.certification USING btree (issued_on, ends_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_kind_case_idx ON public.certification USING btree (kind, (
CASE
    WHEN (kind <> ALL (ARRAY['sni'::text, 'lab'::text])) THEN upper(number)
    ELSE NULL::text
END)) WHERE (deleted_at IS NULL);

CREATE INDEX certification_kind_ends_on_id_idx ON public.certification USING btree (kind, ends_on, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX certification_number__unique ON public.certification USING btree (kind, (
CASE
    WHEN (kind <> ALL (ARRAY['sni'::text, 'lab'::text])) THEN upper(number)
    ELSE NULL::text
END)) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX certification_product_ids_idx ON public.certification USING gin (product_ids) WHERE (deleted_at IS NULL);

CREATE INDEX certification_search_idx ON public.certification USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX certification_status_ends_on_id_idx ON public.certification USING btree (status, ends_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_umkm_id_kind_idx ON public.certification USING btree (umkm_id, kind) WHERE (deleted_at IS NULL);

CREATE INDEX certification_updated_at_id_idx ON public.certification USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_updated_at_id_idx1 ON public.certification USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX certification_village_code_ends_on_id_idx ON public.certification USING btree (village_code, ends_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_village_enterprise_id_idx ON public.certification USING btree (village_enterprise_id) WHERE (deleted_at IS NULL);

CREATE INDEX certification_villages_idx ON public.certification USING gin (villages) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.audit_row('certification', '{}', '{district_codes,ends_on,public_number,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,villages_waiting,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.business_workflow('certification', '{district_codes,ends_on,public_number,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER computed_hold BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.certification_hold();

CREATE TRIGGER place BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.certification_place();

CREATE TRIGGER villages BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW WHEN ((cardinality((new.villages || new.villages_waiting)) > 1)) EXECUTE FUNCTION public.business_villages();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_village_enterprise_id__exists FOREIGN KEY (village_enterprise_id) REFERENCES public.village_enterprise(id);

CREATE POLICY bumdes_insert ON public.certification FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.certification FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bumdes_update ON public.certification FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.certification FOR SELECT TO ovop_bupati USING (true);

ALTER TABLE public.certification ENABLE ROW LEVEL SECURITY;

CREATE POLICY dinas_insert ON public.certification FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.certification FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.certification FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.certification AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.certification AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY public_select ON public.certification FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_insert ON public.certification FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.certification FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.certification FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_dinas;
GRANT SELECT ON TABLE public.certification TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_system;

GRANT SELECT(umkm_id) ON TABLE public.certification TO ovop_public;

GRANT SELECT(kind) ON TABLE public.certification TO ovop_public;

GRANT SELECT(issuer) ON TABLE public.certification TO ovop_public;

GRANT SELECT(issued_on) ON TABLE public.certification TO ovop_public;

GRANT SELECT(expires_on) ON TABLE public.certification TO ovop_public;

GRANT SELECT(ends_on) ON TABLE public.certification TO ovop_public;

GRANT SELECT(public_number) ON TABLE public.certification TO ovop_public;

GRANT SELECT(id) ON TABLE public.certification TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.certification TO ovop_public;

GRANT SELECT(status) ON TABLE public.certification TO ovop_public;

GRANT SELECT(village_enterprise_id) ON TABLE public.certification TO ovop_public;

GRANT SELECT(product_ids) ON TABLE public.certification TO ovop_public;
