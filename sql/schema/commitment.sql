CREATE TABLE public.commitment (
    visit_id uuid NOT NULL,
    aspiration_id uuid,
    office text NOT NULL,
    text text NOT NULL,
    due_on date NOT NULL,
    done_on date,
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
    CONSTRAINT commitment_status__enum CHECK ((status = ANY ('{confirmed,done,in_progress,open}'::text[])))
);

ALTER TABLE ONLY public.commitment FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_id__unique PRIMARY KEY (id);

CREATE INDEX commitment_aspiration_id_due_on_id_idx ON public.commitment USING btree (aspiration_id, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_district_code_due_on_id_idx ON public.commitment USING btree (district_code, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_due_on_id_idx ON public.commitment USING btree (due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_due_on_id_idx1 ON public.commitment USING btree (due_on, id) WHERE ((status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (deleted_at IS NULL));

CREATE INDEX commitment_office_due_on_id_idx ON public.commitment USING btree (office, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_search_idx ON public.commitment USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_status_due_on_id_idx ON public.commitment USING btree (status, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_updated_at_id_idx ON public.commitment USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_village_code_due_on_id_idx ON public.commitment USING btree (village_code, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX commitment_visit_id_due_on_id_idx ON public.commitment USING btree (visit_id, due_on, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.audit_row('commitment', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.business_workflow('commitment', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.commitment_hold();

CREATE TRIGGER done BEFORE UPDATE ON public.commitment FOR EACH ROW WHEN (((new.status <> old.status) AND (('done'::text = old.status) OR ('done'::text = new.status)) AND (new.status <> 'confirmed'::text))) EXECUTE FUNCTION public.commitment_done();

CREATE TRIGGER hold_children BEFORE UPDATE ON public.commitment FOR EACH ROW WHEN (((new.visit_id IS DISTINCT FROM old.visit_id) OR (new.aspiration_id IS DISTINCT FROM old.aspiration_id) OR (new.village_code IS DISTINCT FROM old.village_code))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.commitment FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER takes_place BEFORE INSERT ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.visit_takes_place();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_aspiration_id__exists FOREIGN KEY (aspiration_id) REFERENCES public.aspiration(id);

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_visit_id__exists FOREIGN KEY (visit_id) REFERENCES public.visit(id);

CREATE POLICY bumdes_select ON public.commitment FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.commitment FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_insert ON public.commitment FOR INSERT TO ovop_bupati WITH CHECK (true);

CREATE POLICY bupati_select ON public.commitment FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY bupati_update ON public.commitment FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);

ALTER TABLE public.commitment ENABLE ROW LEVEL SECURITY;

CREATE POLICY dinas_select ON public.commitment FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.commitment FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.commitment FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,UPDATE ON TABLE public.commitment TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.commitment TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.commitment TO ovop_bupati;
GRANT SELECT ON TABLE public.commitment TO ovop_system;
