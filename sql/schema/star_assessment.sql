CREATE TABLE public.star_assessment (
    product_id uuid NOT NULL,
    kind text NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    rubric_id uuid,
    scores jsonb DEFAULT '[]'::jsonb NOT NULL,
    stars integer,
    certificate_number text,
    awarded_by text,
    awarded_on date,
    note text,
    total integer,
    estimated_stars integer,
    umkm_id uuid,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    result integer GENERATED ALWAYS AS (COALESCE(stars, estimated_stars)) STORED,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[awarded_by, note], ARRAY[certificate_number])) STORED NOT NULL,
    CONSTRAINT star_assessment_kind__enum CHECK ((kind = ANY (ARRAY['estimate'::text, 'award'::text]))),
    CONSTRAINT star_assessment_scheme__enum CHECK ((scheme = ANY (ARRAY['district'::text, 'ministry_2007'::text, 'ministry_2021'::text]))),
    CONSTRAINT star_assessment_stars__range CHECK (((stars >= 1) AND (stars <= 5))),
    CONSTRAINT star_assessment_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT star_assessment_villages__lead CHECK ((village_code = ANY (villages))),
    CONSTRAINT star_assessment_year__range CHECK (((year >= 2007) AND (year <= 2100)))
);

ALTER TABLE ONLY public.star_assessment FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_id__unique PRIMARY KEY (id);

CREATE INDEX star_assessment_district_codes_idx ON public.star_assessment USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_kind_result_idx ON public.star_assessment USING btree (kind, result) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX star_assessment_kind_year_id_idx ON public.star_assessment USING btree (kind, year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_product_id_kind_year_id_idx ON public.star_assessment USING btree (product_id, kind, year, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX star_assessment_product_id_scheme_year_kind_idx ON public.star_assessment USING btree (product_id, scheme, year, kind) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_result_year_id_idx ON public.star_assessment USING btree (result, year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_rubric_id_idx ON public.star_assessment USING btree (rubric_id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_scheme_year_id_idx ON public.star_assessment USING btree (scheme, year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_search_idx ON public.star_assessment USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_status_year_id_idx ON public.star_assessment USING btree (status, year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_umkm_id_year_id_idx ON public.star_assessment USING btree (umkm_id, year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_updated_at_id_idx ON public.star_assessment USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_villages_idx ON public.star_assessment USING gin (villages) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX star_assessment_year__unique ON public.star_assessment USING btree (product_id, scheme, year, kind) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX star_assessment_year_id_idx ON public.star_assessment USING btree (year, id) WHERE (deleted_at IS NULL);

CREATE INDEX star_assessment_year_id_idx1 ON public.star_assessment USING btree (year, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.audit_row('star_assessment', '{}', '{district_codes,result,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,villages_waiting,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.business_workflow('star_assessment', '{district_codes,result,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.star_assessment_hold();

CREATE TRIGGER compute BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.star_assessment_compute();

CREATE TRIGGER villages BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW WHEN ((cardinality((new.villages || new.villages_waiting)) > 1)) EXECUTE FUNCTION public.business_villages();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_rubric_id__exists FOREIGN KEY (rubric_id) REFERENCES public.star_rubric(id);

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.star_assessment FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bupati_select ON public.star_assessment FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.star_assessment FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.star_assessment FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.star_assessment FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.star_assessment AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.star_assessment AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY public_select ON public.star_assessment FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

ALTER TABLE public.star_assessment ENABLE ROW LEVEL SECURITY;

CREATE POLICY system_select ON public.star_assessment FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.star_assessment TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.star_assessment TO ovop_dinas;
GRANT SELECT ON TABLE public.star_assessment TO ovop_bupati;
GRANT SELECT ON TABLE public.star_assessment TO ovop_system;

GRANT SELECT(product_id) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(kind) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(scheme) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(year) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(certificate_number) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(awarded_by) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(awarded_on) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(umkm_id) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(result) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(id) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.star_assessment TO ovop_public;

GRANT SELECT(status) ON TABLE public.star_assessment TO ovop_public;
