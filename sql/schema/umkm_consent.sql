CREATE TABLE public.umkm_consent (
    id uuid NOT NULL,
    village_code text NOT NULL,
    contact_public boolean NOT NULL,
    public_owner_name text,
    given_on date,
    withdrawn_on date,
    evidence text,
    legal_basis text,
    processing_restricted boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    owner_name_approved boolean DEFAULT false NOT NULL,
    contact_approved boolean DEFAULT false NOT NULL,
    CONSTRAINT umkm_consent_legal_basis__enum CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legal_duty'::text, 'vital_interest'::text, 'public_task'::text, 'legitimate_interest'::text])))
);

ALTER TABLE ONLY public.umkm_consent FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.umkm_consent
    ADD CONSTRAINT umkm_consent_id__unique PRIMARY KEY (id);

CREATE INDEX umkm_consent_id_idx ON public.umkm_consent USING btree (id) WHERE processing_restricted;

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.audit_row('umkm_consent', '{public_owner_name,evidence}', '{id,version,created_at,created_by,updated_at,updated_by}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER changed BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.umkm_consent_changed();

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.umkm_consent_hold();

CREATE TRIGGER forget BEFORE UPDATE ON public.umkm_consent FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"evidence": null, "public_owner_name": null}');

CREATE TRIGGER part_written AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.part_written('umkm');

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();

CREATE TRIGGER totals AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.export_totals_restricted();

CREATE TRIGGER umkm_ends AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.umkm_ends();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

CREATE TRIGGER waits AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.umkm_consent_asks();

ALTER TABLE ONLY public.umkm_consent
    ADD CONSTRAINT umkm_consent_id__exists FOREIGN KEY (id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE DEFERRABLE;

CREATE POLICY bumdes_insert ON public.umkm_consent FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_select ON public.umkm_consent FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bumdes_update ON public.umkm_consent FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.umkm_consent FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.umkm_consent FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.umkm_consent FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.umkm_consent FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

CREATE POLICY not_counted ON public.umkm_consent AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.umkm_consent AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY system_insert ON public.umkm_consent FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_select ON public.umkm_consent FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

CREATE POLICY system_update ON public.umkm_consent FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

ALTER TABLE public.umkm_consent ENABLE ROW LEVEL SECURITY;

GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_dinas;
GRANT SELECT ON TABLE public.umkm_consent TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_system;
