CREATE TABLE public.mentoring_participant (
    session_id uuid NOT NULL,
    umkm_id uuid NOT NULL,
    attended boolean,
    pre_score integer,
    post_score integer,
    note text,
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
    CONSTRAINT mentoring_participant_post_score__range CHECK (((post_score >= 0) AND (post_score <= 100))),
    CONSTRAINT mentoring_participant_pre_score__range CHECK (((pre_score >= 0) AND (pre_score <= 100)))
);

ALTER TABLE ONLY public.mentoring_participant FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_id__unique PRIMARY KEY (id);

CREATE INDEX mentoring_participant_district_code_idx ON public.mentoring_participant USING btree (district_code) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX mentoring_participant_umkm_id__unique ON public.mentoring_participant USING btree (session_id, umkm_id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_participant_umkm_id_session_id_idx ON public.mentoring_participant USING btree (umkm_id, session_id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_participant_updated_at_id_idx ON public.mentoring_participant USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_participant_village_code_idx ON public.mentoring_participant USING btree (village_code) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_participant', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.mentoring_participant_hold();

CREATE TRIGGER seat BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.mentoring_participant_seat();

CREATE TRIGGER still_mentored AFTER UPDATE ON public.mentoring_participant FOR EACH ROW WHEN ((old.attended AND ((new.attended IS NOT TRUE) OR (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.outcome_still_mentored('session_id');

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE DEFERRABLE;

CREATE POLICY bumdes_insert ON public.mentoring_participant FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.mentoring_participant FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.mentoring_participant FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.mentoring_participant FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.mentoring_participant FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.mentoring_participant FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.mentoring_participant FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

ALTER TABLE public.mentoring_participant ENABLE ROW LEVEL SECURITY;

CREATE POLICY not_counted ON public.mentoring_participant AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.mentoring_participant AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY system_select ON public.mentoring_participant FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_participant TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_participant TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_participant TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_participant TO ovop_system;
