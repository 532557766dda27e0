CREATE TABLE public.data_subject_request (
    kind text NOT NULL,
    umkm_id uuid,
    buyer_id uuid,
    session_id uuid,
    details text,
    received_at timestamp(3) with time zone NOT NULL,
    due_at timestamp(3) with time zone NOT NULL,
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
    status text DEFAULT 'received'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT data_subject_request_kind__enum CHECK ((kind = ANY (ARRAY['access'::text, 'correction'::text, 'erasure'::text, 'restriction'::text, 'objection'::text, 'withdrawal'::text]))),
    CONSTRAINT data_subject_request_status__enum CHECK ((status = ANY ('{done,granted,received,refused,withdrawn}'::text[])))
);

ALTER TABLE ONLY public.data_subject_request FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_id__unique PRIMARY KEY (id);

CREATE INDEX data_subject_request_buyer_id_idx ON public.data_subject_request USING btree (buyer_id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_district_code_due_at_id_idx ON public.data_subject_request USING btree (district_code, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_due_at_id_idx ON public.data_subject_request USING btree (due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_due_at_id_idx1 ON public.data_subject_request USING btree (due_at, id) WHERE (status = ANY (ARRAY['received'::text, 'granted'::text]));

CREATE INDEX data_subject_request_kind_due_at_id_idx ON public.data_subject_request USING btree (kind, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_session_id_idx ON public.data_subject_request USING btree (session_id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_status_due_at_id_idx ON public.data_subject_request USING btree (status, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_umkm_id_due_at_id_idx ON public.data_subject_request USING btree (umkm_id, due_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_updated_at_id_idx ON public.data_subject_request USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX data_subject_request_village_code_due_at_id_idx ON public.data_subject_request USING btree (village_code, due_at, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.audit_row('data_subject_request', '{details}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');

CREATE TRIGGER business_follow BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN ((new.village_code <> old.village_code)) EXECUTE FUNCTION public.data_subject_request_follow();

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.business_workflow('data_subject_request', '{district_code,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.data_subject_request_hold();

CREATE TRIGGER done BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN (((new.status = 'done'::text) AND (old.status <> 'done'::text))) EXECUTE FUNCTION public.data_subject_request_done();

CREATE TRIGGER due BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.data_subject_request_due();

CREATE TRIGGER forget BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"details": null}');

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_buyer_id__exists FOREIGN KEY (buyer_id, village_code) REFERENCES public.buyer(id, village_code) ON UPDATE CASCADE ON DELETE SET NULL (buyer_id) DEFERRABLE;

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_session_id__exists FOREIGN KEY (session_id, village_code) REFERENCES public.mentoring_session(id, village_code) ON UPDATE CASCADE ON DELETE SET NULL (session_id) DEFERRABLE;

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE ON DELETE SET NULL (umkm_id) DEFERRABLE;

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_insert ON public.data_subject_request FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.data_subject_request FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.data_subject_request FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.data_subject_request FOR SELECT TO ovop_bupati USING (true);

ALTER TABLE public.data_subject_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY dinas_insert ON public.data_subject_request FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.data_subject_request FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.data_subject_request FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.data_subject_request AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.data_subject_request AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY system_select ON public.data_subject_request FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT,INSERT,UPDATE ON TABLE public.data_subject_request TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.data_subject_request TO ovop_dinas;
GRANT SELECT ON TABLE public.data_subject_request TO ovop_bupati;
GRANT SELECT ON TABLE public.data_subject_request TO ovop_system;
