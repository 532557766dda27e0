CREATE TABLE public.visit (
    visited_on date NOT NULL,
    place text,
    purpose text NOT NULL,
    led_by text NOT NULL,
    summary text,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'planned'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[purpose, place, summary])) STORED NOT NULL,
    CONSTRAINT visit_led_by__enum CHECK ((led_by = ANY (ARRAY['bupati'::text, 'deputy_bupati'::text, 'regional_secretary'::text, 'dinas'::text, 'camat'::text, 'other'::text]))),
    CONSTRAINT visit_status__enum CHECK ((status = ANY ('{cancelled,done,planned}'::text[]))),
    CONSTRAINT visit_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.visit FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_id__unique PRIMARY KEY (id);

CREATE INDEX visit_district_codes_idx ON public.visit USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX visit_search_idx ON public.visit USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX visit_status_visited_on_id_idx ON public.visit USING btree (status, visited_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX visit_updated_at_id_idx ON public.visit USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX visit_village_code_visited_on_id_idx ON public.visit USING btree (village_code, visited_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX visit_villages_idx ON public.visit USING gin (villages) WHERE (deleted_at IS NULL);

CREATE INDEX visit_visited_on_id_idx ON public.visit USING btree (visited_on, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.audit_row('visit', '{}', '{district_codes,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.business_workflow('visit', '{district_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER hold_children BEFORE UPDATE ON public.visit FOR EACH ROW WHEN (((new.village_code IS DISTINCT FROM old.village_code) OR (new.villages IS DISTINCT FROM old.villages))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.visit FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER in_use_cancelled BEFORE UPDATE ON public.visit FOR EACH ROW WHEN ((new.status = 'cancelled'::text)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.visit FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bupati_insert ON public.visit FOR INSERT TO ovop_bupati WITH CHECK (true);

CREATE POLICY bupati_select ON public.visit FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY bupati_update ON public.visit FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);

CREATE POLICY dinas_select ON public.visit FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.visit FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.visit FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.visit ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.visit TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.visit TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.visit TO ovop_bupati;
GRANT SELECT ON TABLE public.visit TO ovop_system;
