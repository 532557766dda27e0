CREATE TABLE public.buyer (
    name text NOT NULL COLLATE public.indonesian,
    kind text NOT NULL,
    country_code text NOT NULL,
    website text,
    notes text,
    contact_name public.sealed,
    contact_phone public.sealed,
    contact_email public.sealed,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name])) STORED NOT NULL,
    CONSTRAINT buyer_kind__enum CHECK ((kind = ANY (ARRAY['importer'::text, 'distributor'::text, 'wholesaler'::text, 'retailer'::text, 'processor'::text, 'aggregator'::text, 'marketplace'::text, 'other'::text])))
);

ALTER TABLE ONLY public.buyer FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.buyer
    ADD CONSTRAINT buyer_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.buyer
    ADD CONSTRAINT buyer_id_village_code_key UNIQUE (id, village_code);

CREATE INDEX buyer_country_code_name_id_idx ON public.buyer USING btree (country_code, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_district_code_name_id_idx ON public.buyer USING btree (district_code, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_kind_name_id_idx ON public.buyer USING btree (kind, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_name_id_idx ON public.buyer USING btree (name, id) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_search_idx ON public.buyer USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_updated_at_id_idx ON public.buyer USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX buyer_village_code_name_id_idx ON public.buyer USING btree (village_code, name, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.audit_row('buyer', '{contact_name,contact_phone,contact_email}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER forget BEFORE UPDATE ON public.buyer FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"contact_name": null, "contact_email": null, "contact_phone": null}');

CREATE TRIGGER hold_children BEFORE UPDATE ON public.buyer FOR EACH ROW WHEN ((new.village_code IS DISTINCT FROM old.village_code)) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.buyer FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.buyer
    ADD CONSTRAINT buyer_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.buyer FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.buyer FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.buyer FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.buyer FOR SELECT TO ovop_bupati USING (true);

ALTER TABLE public.buyer ENABLE ROW LEVEL SECURITY;

CREATE POLICY dinas_insert ON public.buyer FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.buyer FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.buyer FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_insert ON public.buyer FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.buyer FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('exports:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.buyer FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_dinas;
GRANT SELECT ON TABLE public.buyer TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_system;
