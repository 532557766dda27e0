CREATE TABLE public.mentoring_session (
    program_id uuid,
    kind text NOT NULL,
    topic text NOT NULL,
    title text NOT NULL COLLATE public.indonesian,
    place text,
    starts_at timestamp(3) with time zone NOT NULL,
    ends_at timestamp(3) with time zone NOT NULL,
    capacity integer,
    mentor_name public.sealed,
    mentor_phone public.sealed,
    mentor_organisation text,
    diagnosis text,
    notes text,
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
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[title, place])) STORED NOT NULL,
    CONSTRAINT mentoring_session_capacity__range CHECK ((capacity > 0)),
    CONSTRAINT mentoring_session_ends_at__before_start CHECK ((ends_at > starts_at)),
    CONSTRAINT mentoring_session_kind__enum CHECK ((kind = ANY (ARRAY['training'::text, 'workshop'::text, 'coaching'::text, 'mentoring_visit'::text, 'exhibition'::text]))),
    CONSTRAINT mentoring_session_status__enum CHECK ((status = ANY ('{cancelled,held,planned}'::text[]))),
    CONSTRAINT mentoring_session_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.mentoring_session FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_id_village_code_key UNIQUE (id, village_code);

CREATE INDEX mentoring_session_district_codes_idx ON public.mentoring_session USING gin (district_codes) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_kind_starts_at_id_idx ON public.mentoring_session USING btree (kind, starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_program_id_starts_at_id_idx ON public.mentoring_session USING btree (program_id, starts_at, id);

CREATE INDEX mentoring_session_search_idx ON public.mentoring_session USING gin (search) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_starts_at_id_idx ON public.mentoring_session USING btree (starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_status_starts_at_id_idx ON public.mentoring_session USING btree (status, starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_topic_starts_at_id_idx ON public.mentoring_session USING btree (topic, starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_updated_at_id_idx ON public.mentoring_session USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_village_code_starts_at_id_idx ON public.mentoring_session USING btree (village_code, starts_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_session_villages_idx ON public.mentoring_session USING gin (villages) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_session', '{mentor_name,mentor_phone}', '{district_codes,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers,search}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.business_touch('shared');

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.business_workflow('mentoring_session', '{district_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.mentoring_session_hold();

CREATE TRIGGER forget BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"mentor_name": null, "mentor_phone": null}');

CREATE TRIGGER hold_children BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN (((new.program_id IS DISTINCT FROM old.program_id) OR (new.village_code IS DISTINCT FROM old.village_code) OR (new.villages IS DISTINCT FROM old.villages))) EXECUTE FUNCTION public.link_wait();

CREATE TRIGGER in_use BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();

CREATE TRIGGER session_begun BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN (((new.status = 'held'::text) AND (old.status <> 'held'::text))) EXECUTE FUNCTION public.mentoring_session_begun();

CREATE TRIGGER still_mentored AFTER UPDATE ON public.mentoring_session FOR EACH ROW WHEN (((old.program_id IS DISTINCT FROM new.program_id) OR (old.starts_at IS DISTINCT FROM new.starts_at))) EXECUTE FUNCTION public.outcome_still_mentored('id');

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_program_id__exists FOREIGN KEY (program_id) REFERENCES public.training_program(id);

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.mentoring_session FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));

CREATE POLICY bupati_select ON public.mentoring_session FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.mentoring_session FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.mentoring_session FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.mentoring_session FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

ALTER TABLE public.mentoring_session ENABLE ROW LEVEL SECURITY;

CREATE POLICY system_select ON public.mentoring_session FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.mentoring_session TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_session TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_session TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_session TO ovop_system;
