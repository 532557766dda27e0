CREATE TABLE public.flagship (
    product_id uuid NOT NULL,
    decree_number text NOT NULL,
    decreed_on date NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
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
    change_request public.change_request,
    search tsvector GENERATED ALWAYS AS (public.search_vector('{}'::text[], ARRAY[decree_number])) STORED NOT NULL,
    CONSTRAINT flagship_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT flagship_valid_to__before_start CHECK ((valid_to >= valid_from))
);

ALTER TABLE ONLY public.flagship FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_valid_from__one_flagship EXCLUDE USING gist (village_code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&) WHERE (((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL)));

CREATE INDEX flagship_district_code_valid_from_id_idx ON public.flagship USING btree (district_code, valid_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_product_id_valid_from_id_idx ON public.flagship USING btree (product_id, valid_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_search_idx ON public.flagship USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_status_valid_from_id_idx ON public.flagship USING btree (status, valid_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_updated_at_id_idx ON public.flagship USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_valid_from_id_idx ON public.flagship USING btree (valid_from, id) WHERE (deleted_at IS NULL);

CREATE INDEX flagship_valid_from_id_idx1 ON public.flagship USING btree (valid_from, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX flagship_valid_to_idx ON public.flagship USING btree (valid_to) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX flagship_village_code_valid_from_id_idx ON public.flagship USING btree (village_code, valid_from, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.audit_row('flagship', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.business_workflow('flagship', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.flagship_hold();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.flagship FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.flagship FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.flagship FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.flagship FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.flagship FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

ALTER TABLE public.flagship ENABLE ROW LEVEL SECURITY;

CREATE POLICY public_select ON public.flagship FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_select ON public.flagship FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.flagship TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flagship TO ovop_dinas;
GRANT SELECT ON TABLE public.flagship TO ovop_bupati;
GRANT SELECT ON TABLE public.flagship TO ovop_system;

GRANT SELECT(product_id) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(decree_number) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(decreed_on) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(valid_from) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(valid_to) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(village_code) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.flagship TO ovop_public;

GRANT SELECT(status) ON TABLE public.flagship TO ovop_public;
