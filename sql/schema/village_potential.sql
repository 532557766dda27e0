CREATE TABLE public.village_potential (
    commodity text NOT NULL COLLATE public.indonesian,
    kind text NOT NULL,
    category text,
    quantity numeric(13,3),
    unit text,
    season_months integer[],
    description text,
    description_en text,
    stage text DEFAULT 'identified'::text NOT NULL,
    product_id uuid,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[commodity, description, description_en])) STORED NOT NULL,
    CONSTRAINT village_potential_kind__enum CHECK ((kind = ANY (ARRAY['farming'::text, 'plantation'::text, 'forestry'::text, 'livestock'::text, 'fishery'::text, 'mining'::text, 'food'::text, 'craft'::text, 'culture'::text, 'tourism'::text, 'services'::text, 'other'::text]))),
    CONSTRAINT village_potential_quantity__range CHECK ((quantity > (0)::numeric)),
    CONSTRAINT village_potential_season_months__range CHECK ((season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::integer[])),
    CONSTRAINT village_potential_stage__enum CHECK ((stage = ANY (ARRAY['identified'::text, 'assessed'::text, 'piloted'::text, 'product'::text]))),
    CONSTRAINT village_potential_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT village_potential_unit__enum CHECK ((unit = ANY (ARRAY['ha'::text, 'm2'::text, 'kg'::text, 'quintal'::text, 't'::text, 'l'::text, 'm3'::text, 'head'::text, 'tree'::text, 'piece'::text, 'dozen'::text, 'kodi'::text, 'gross'::text, 'household'::text, 'visitor'::text, 'other'::text])))
);

ALTER TABLE ONLY public.village_potential FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_id__unique PRIMARY KEY (id);

CREATE INDEX village_potential_category_commodity_id_idx ON public.village_potential USING btree (category, commodity, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_commodity_id_idx ON public.village_potential USING btree (commodity, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_commodity_id_idx1 ON public.village_potential USING btree (commodity, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX village_potential_created_at_id_idx ON public.village_potential USING btree (created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_district_code_commodity_id_idx ON public.village_potential USING btree (district_code, commodity, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_kind_commodity_id_idx ON public.village_potential USING btree (kind, commodity, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_product_id_idx ON public.village_potential USING btree (product_id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_search_idx ON public.village_potential USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_season_months_idx ON public.village_potential USING gin (season_months) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_stage_commodity_id_idx ON public.village_potential USING btree (stage, commodity, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_status_updated_at_id_idx ON public.village_potential USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_updated_at_id_idx ON public.village_potential USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_potential_updated_at_id_idx1 ON public.village_potential USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX village_potential_village_code_status_commodity_id_idx ON public.village_potential USING btree (village_code, status, commodity, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.audit_row('village_potential', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.business_workflow('village_potential', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.village_potential_hold();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.village_potential FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.village_potential FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.village_potential FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.village_potential FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.village_potential FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.village_potential FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.village_potential FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY public_select ON public.village_potential FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_insert ON public.village_potential FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.village_potential FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.village_potential FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.village_potential ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_dinas;
GRANT SELECT ON TABLE public.village_potential TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_system;

GRANT SELECT(commodity) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(kind) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(category) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(quantity) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(unit) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(season_months) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(description) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(description_en) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(stage) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(product_id) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(village_code) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(id) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.village_potential TO ovop_public;

GRANT SELECT(status) ON TABLE public.village_potential TO ovop_public;
