CREATE TABLE public.aspiration (
    visit_id uuid NOT NULL,
    kind text NOT NULL,
    topic text NOT NULL,
    text text NOT NULL,
    raised_by_group text NOT NULL,
    priority text NOT NULL,
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
    status text DEFAULT 'open'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[text])) STORED NOT NULL,
    CONSTRAINT aspiration_kind__enum CHECK ((kind = ANY (ARRAY['obstacle'::text, 'request'::text, 'idea'::text]))),
    CONSTRAINT aspiration_priority__enum CHECK ((priority = ANY (ARRAY['high'::text, 'normal'::text, 'low'::text]))),
    CONSTRAINT aspiration_raised_by_group__enum CHECK ((raised_by_group = ANY (ARRAY['umkm'::text, 'farmers'::text, 'artisans'::text, 'women'::text, 'youth'::text, 'disabled'::text, 'village_enterprise'::text, 'village_government'::text, 'other'::text]))),
    CONSTRAINT aspiration_status__enum CHECK ((status = ANY ('{addressed,declined,open}'::text[])))
);

ALTER TABLE ONLY public.aspiration FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_id__unique PRIMARY KEY (id);

CREATE INDEX aspiration_created_at_id_idx ON public.aspiration USING btree (created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_district_code_created_at_id_idx ON public.aspiration USING btree (district_code, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_kind_created_at_id_idx ON public.aspiration USING btree (kind, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_priority_created_at_id_idx ON public.aspiration USING btree (priority, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_search_idx ON public.aspiration USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_status_created_at_id_idx ON public.aspiration USING btree (status, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_topic_created_at_id_idx ON public.aspiration USING btree (topic, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_updated_at_id_idx ON public.aspiration USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_village_code_created_at_id_idx ON public.aspiration USING btree (village_code, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX aspiration_visit_id_created_at_id_idx ON public.aspiration USING btree (visit_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.audit_row('aspiration', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.business_workflow('aspiration', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.aspiration_hold();

CREATE TRIGGER hold_children BEFORE UPDATE ON public.aspiration FOR EACH ROW WHEN (((new.visit_id IS DISTINCT FROM old.visit_id) OR (new.village_code IS DISTINCT FROM old.village_code))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.aspiration FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER takes_place BEFORE INSERT ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.visit_takes_place();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_visit_id__exists FOREIGN KEY (visit_id) REFERENCES public.visit(id);

ALTER TABLE public.aspiration ENABLE ROW LEVEL SECURITY;

CREATE POLICY bumdes_select ON public.aspiration FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_insert ON public.aspiration FOR INSERT TO ovop_bupati WITH CHECK (true);

CREATE POLICY bupati_select ON public.aspiration FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY bupati_update ON public.aspiration FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);

CREATE POLICY dinas_select ON public.aspiration FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.aspiration FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.aspiration FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.aspiration TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.aspiration TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.aspiration TO ovop_bupati;
GRANT SELECT ON TABLE public.aspiration TO ovop_system;
