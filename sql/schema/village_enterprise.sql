CREATE TABLE public.village_enterprise (
    name text NOT NULL COLLATE public.indonesian,
    kind text NOT NULL,
    legal_number text,
    established_on date,
    unit_businesses jsonb DEFAULT '[]'::jsonb NOT NULL,
    rank text,
    rank_year integer,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    kbli_codes text[] GENERATED ALWAYS AS (public.jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*]."kbli_code"?(@ != null)'::jsonpath))) STORED NOT NULL,
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
    nib text,
    search tsvector GENERATED ALWAYS AS (public.search_vector((name || public.jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*]."name"'::jsonpath))), ARRAY[legal_number])) STORED NOT NULL,
    CONSTRAINT village_enterprise_kind__enum CHECK ((kind = ANY (ARRAY['bumdes'::text, 'bumdesma'::text]))),
    CONSTRAINT village_enterprise_nib__pattern CHECK ((nib ~ '^[0-9]{13}$'::text)),
    CONSTRAINT village_enterprise_rank__enum CHECK ((rank = ANY (ARRAY['perintis'::text, 'pemula'::text, 'berkembang'::text, 'maju'::text]))),
    CONSTRAINT village_enterprise_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT village_enterprise_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.village_enterprise FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.village_enterprise
    ADD CONSTRAINT village_enterprise_id__unique PRIMARY KEY (id);

CREATE INDEX village_enterprise_created_at_id_idx ON public.village_enterprise USING btree (created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_district_codes_idx ON public.village_enterprise USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_established_on_id_idx ON public.village_enterprise USING btree (established_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_kbli_codes_idx ON public.village_enterprise USING gin (kbli_codes) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_kind_name_id_idx ON public.village_enterprise USING btree (kind, name, id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX village_enterprise_legal_number__unique ON public.village_enterprise USING btree (upper(legal_number)) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX village_enterprise_name_id_idx ON public.village_enterprise USING btree (name, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_name_id_idx1 ON public.village_enterprise USING btree (name, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX village_enterprise_name_id_idx2 ON public.village_enterprise USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX village_enterprise_nib__unique ON public.village_enterprise USING btree (nib) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));

CREATE INDEX village_enterprise_nib_idx ON public.village_enterprise USING btree (nib) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_rank_name_id_idx ON public.village_enterprise USING btree (rank, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_search_idx ON public.village_enterprise USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_status_name_id_idx ON public.village_enterprise USING btree (status, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_updated_at_id_idx ON public.village_enterprise USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_updated_at_id_idx1 ON public.village_enterprise USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));

CREATE INDEX village_enterprise_upper_idx ON public.village_enterprise USING btree (upper(legal_number)) WHERE (deleted_at IS NULL);

CREATE INDEX village_enterprise_villages_idx ON public.village_enterprise USING gin (villages) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.audit_row('village_enterprise', '{}', '{district_codes,kbli_codes,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,villages_waiting,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.business_workflow('village_enterprise', '{district_codes,kbli_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER follow_certification AFTER UPDATE ON public.village_enterprise FOR EACH ROW WHEN (((old.village_code IS DISTINCT FROM new.village_code) OR (old.villages IS DISTINCT FROM new.villages))) EXECUTE FUNCTION public.certification_follow();

CREATE TRIGGER hold_children BEFORE UPDATE ON public.village_enterprise FOR EACH ROW WHEN (((new.village_code IS DISTINCT FROM old.village_code) OR (new.villages IS DISTINCT FROM old.villages))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.village_enterprise FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER villages BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW WHEN ((cardinality((new.villages || new.villages_waiting)) > 1)) EXECUTE FUNCTION public.business_villages();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER violations_unique BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.refuse_duplicates();

ALTER TABLE ONLY public.village_enterprise
    ADD CONSTRAINT village_enterprise_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.village_enterprise FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.village_enterprise FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bumdes_update ON public.village_enterprise FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.village_enterprise FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.village_enterprise FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.village_enterprise FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.village_enterprise FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY public_select ON public.village_enterprise FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));

CREATE POLICY system_insert ON public.village_enterprise FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.village_enterprise FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.village_enterprise FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.village_enterprise ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_dinas;
GRANT SELECT ON TABLE public.village_enterprise TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_system;

GRANT SELECT(name) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(kind) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(legal_number) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(established_on) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(unit_businesses) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(rank) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(rank_year) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(village_code) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(villages) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(district_codes) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(kbli_codes) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(id) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(version) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(updated_at) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(deleted_at) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(status) ON TABLE public.village_enterprise TO ovop_public;

GRANT SELECT(search) ON TABLE public.village_enterprise TO ovop_public;
