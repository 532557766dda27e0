CREATE TABLE public.product (
    umkm_id uuid,
    village_enterprise_id uuid,
    name text NOT NULL COLLATE public.indonesian,
    name_en text COLLATE public.indonesian,
    story text,
    story_en text,
    brand text COLLATE public.indonesian,
    category text NOT NULL,
    hs_code text,
    hs_edition text,
    price_min_idr bigint,
    price_max_idr bigint,
    unit text,
    moq integer,
    monthly_capacity integer,
    shelf_life_days integer,
    market_steps public.market_step[] DEFAULT '{}'::public.market_step[] NOT NULL,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    market_reach text GENERATED ALWAYS AS (public.market_reach(market_steps)) STORED,
    market_reached_on date GENERATED ALWAYS AS (public.market_reached_on(market_steps)) STORED,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name, name_en, brand, story, story_en])) STORED NOT NULL,
    CONSTRAINT product_hs_code__pattern CHECK ((hs_code ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'::text)),
    CONSTRAINT product_monthly_capacity__range CHECK ((monthly_capacity >= 0)),
    CONSTRAINT product_moq__range CHECK ((moq >= 1)),
    CONSTRAINT product_price_max_idr__range CHECK ((price_max_idr >= 0)),
    CONSTRAINT product_price_min_idr__range CHECK ((price_min_idr >= 0)),
    CONSTRAINT product_shelf_life_days__range CHECK ((shelf_life_days >= 1)),
    CONSTRAINT product_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT product_unit__enum CHECK ((unit = ANY (ARRAY['kg'::text, 'g'::text, 'quintal'::text, 't'::text, 'l'::text, 'ml'::text, 'm'::text, 'piece'::text, 'dozen'::text, 'kodi'::text, 'gross'::text, 'pack'::text, 'bottle'::text, 'jar'::text, 'box'::text, 'set'::text, 'sheet'::text, 'head'::text, 'visit'::text, 'other'::text]))),
    CONSTRAINT product_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.product FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_id__unique PRIMARY KEY (id);

CREATE INDEX product_category_name_id_idx ON public.product USING btree (category, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_category_name_id_idx1 ON public.product USING btree (category, name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX product_created_at_id_idx ON public.product USING btree (created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_district_codes_idx ON public.product USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX product_hs_code_name_id_idx ON public.product USING btree (hs_code, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_market_reach_name_id_idx ON public.product USING btree (market_reach, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_market_reach_name_id_idx1 ON public.product USING btree (market_reach, name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX product_name_id_idx ON public.product USING btree (name, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_name_id_idx1 ON public.product USING btree (name, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX product_name_id_idx2 ON public.product USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX product_search_idx ON public.product USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX product_status_updated_at_id_idx ON public.product USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_umkm_id_idx ON public.product USING btree (umkm_id) WHERE (deleted_at IS NULL);

CREATE INDEX product_updated_at_id_idx ON public.product USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_updated_at_id_idx1 ON public.product USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX product_updated_at_id_idx2 ON public.product USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX product_village_code_name_id_idx ON public.product USING btree (village_code, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX product_village_enterprise_id_idx ON public.product USING btree (village_enterprise_id) WHERE (deleted_at IS NULL);

CREATE INDEX product_villages_idx ON public.product USING gin (villages) WHERE (deleted_at IS NULL);

CREATE INDEX product_villages_idx1 ON public.product USING gin (villages) WHERE ((deleted_at IS NULL) AND (cardinality(villages) > 1));

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.audit_row('product', '{}', '{district_codes,market_reach,market_reached_on,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,villages_waiting,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.business_workflow('product', '{district_codes,market_reach,market_reached_on,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.product_hold();

CREATE TRIGGER follow_assessment AFTER UPDATE ON public.product FOR EACH ROW WHEN ((((new.umkm_id IS DISTINCT FROM old.umkm_id) OR (new.villages IS DISTINCT FROM old.villages)) OR (new.village_code IS DISTINCT FROM old.village_code))) EXECUTE FUNCTION public.follow('star_assessment', 'product_id', 'umkm_id');

CREATE TRIGGER follow_certification AFTER UPDATE ON public.product FOR EACH ROW WHEN (((((old.umkm_id IS DISTINCT FROM new.umkm_id) OR (old.village_enterprise_id IS DISTINCT FROM new.village_enterprise_id)) OR (old.village_code IS DISTINCT FROM new.village_code)) OR (old.villages IS DISTINCT FROM new.villages))) EXECUTE FUNCTION public.certification_follow();

CREATE TRIGGER hold_children BEFORE UPDATE ON public.product FOR EACH ROW WHEN (((new.umkm_id IS DISTINCT FROM old.umkm_id) OR (new.village_enterprise_id IS DISTINCT FROM old.village_enterprise_id) OR (new.village_code IS DISTINCT FROM old.village_code) OR (new.villages IS DISTINCT FROM old.villages))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER villages BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW WHEN ((cardinality((new.villages || new.villages_waiting)) > 1)) EXECUTE FUNCTION public.business_villages();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_village_enterprise_id__exists FOREIGN KEY (village_enterprise_id) REFERENCES public.village_enterprise(id);

CREATE POLICY bumdes_insert ON public.product FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.product FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bumdes_update ON public.product FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.product FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.product FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.product FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.product FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.product AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.product AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

ALTER TABLE public.product ENABLE ROW LEVEL SECURITY;

CREATE POLICY public_select ON public.product FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_insert ON public.product FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.product FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.product FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_dinas;
GRANT SELECT ON TABLE public.product TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_system;

GRANT SELECT(umkm_id) ON TABLE public.product TO ovop_public;

GRANT SELECT(village_enterprise_id) ON TABLE public.product TO ovop_public;

GRANT SELECT(name) ON TABLE public.product TO ovop_public;

GRANT SELECT(name_en) ON TABLE public.product TO ovop_public;

GRANT SELECT(story) ON TABLE public.product TO ovop_public;

GRANT SELECT(story_en) ON TABLE public.product TO ovop_public;

GRANT SELECT(brand) ON TABLE public.product TO ovop_public;

GRANT SELECT(category) ON TABLE public.product TO ovop_public;

GRANT SELECT(hs_code) ON TABLE public.product TO ovop_public;

GRANT SELECT(hs_edition) ON TABLE public.product TO ovop_public;

GRANT SELECT(price_min_idr) ON TABLE public.product TO ovop_public;

GRANT SELECT(price_max_idr) ON TABLE public.product TO ovop_public;

GRANT SELECT(unit) ON TABLE public.product TO ovop_public;

GRANT SELECT(moq) ON TABLE public.product TO ovop_public;

GRANT SELECT(monthly_capacity) ON TABLE public.product TO ovop_public;

GRANT SELECT(shelf_life_days) ON TABLE public.product TO ovop_public;

GRANT SELECT(village_code) ON TABLE public.product TO ovop_public;

GRANT SELECT(villages) ON TABLE public.product TO ovop_public;

GRANT SELECT(district_codes) ON TABLE public.product TO ovop_public;

GRANT SELECT(market_reach) ON TABLE public.product TO ovop_public;

GRANT SELECT(market_reached_on) ON TABLE public.product TO ovop_public;

GRANT SELECT(id) ON TABLE public.product TO ovop_public;

GRANT SELECT(version) ON TABLE public.product TO ovop_public;

GRANT SELECT(updated_at) ON TABLE public.product TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.product TO ovop_public;

GRANT SELECT(status) ON TABLE public.product TO ovop_public;

GRANT SELECT(search) ON TABLE public.product TO ovop_public;
