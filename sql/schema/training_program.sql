CREATE TABLE public.training_program (
    title text NOT NULL COLLATE public.indonesian,
    topic text NOT NULL,
    description text,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    organiser text NOT NULL,
    funding_source text,
    budget_idr bigint,
    capacity integer,
    village_code text,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[title, organiser, description])) STORED NOT NULL,
    CONSTRAINT training_program_budget_idr__range CHECK ((budget_idr >= 0)),
    CONSTRAINT training_program_capacity__range CHECK ((capacity > 0)),
    CONSTRAINT training_program_ends_on__before_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT training_program_funding_source__enum CHECK ((funding_source = ANY (ARRAY['apbd_kabupaten'::text, 'apbd_provinsi'::text, 'apbn'::text, 'dana_desa'::text, 'csr'::text, 'other'::text]))),
    CONSTRAINT training_program_status__enum CHECK ((status = ANY ('{cancelled,held,planned}'::text[])))
);

ALTER TABLE ONLY public.training_program FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.training_program
    ADD CONSTRAINT training_program_id__unique PRIMARY KEY (id);

CREATE INDEX training_program_district_code_starts_on_id_idx ON public.training_program USING btree (district_code, starts_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_funding_source_starts_on_id_idx ON public.training_program USING btree (funding_source, starts_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_search_idx ON public.training_program USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_starts_on_id_idx ON public.training_program USING btree (starts_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_status_starts_on_id_idx ON public.training_program USING btree (status, starts_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_title_id_idx ON public.training_program USING btree (title, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_topic_starts_on_id_idx ON public.training_program USING btree (topic, starts_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_updated_at_id_idx ON public.training_program USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX training_program_village_code_starts_on_id_idx ON public.training_program USING btree (village_code, starts_on, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.audit_row('training_program', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.business_workflow('training_program', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER hold_children BEFORE UPDATE ON public.training_program FOR EACH ROW WHEN ((new.village_code IS DISTINCT FROM old.village_code)) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.training_program FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER session_left BEFORE UPDATE ON public.training_program FOR EACH ROW WHEN (((old.status = 'planned'::text) AND (new.status <> 'planned'::text))) EXECUTE FUNCTION public.training_program_over();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.training_program
    ADD CONSTRAINT training_program_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.training_program FOR SELECT TO ovop_bumdes USING (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));

CREATE POLICY bupati_select ON public.training_program FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.training_program FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.training_program FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.training_program FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY system_select ON public.training_program FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.training_program ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.training_program TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_program TO ovop_dinas;
GRANT SELECT ON TABLE public.training_program TO ovop_bupati;
GRANT SELECT ON TABLE public.training_program TO ovop_system;
