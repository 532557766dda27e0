CREATE TABLE public.mentoring_action_item (
    session_id uuid NOT NULL,
    umkm_id uuid,
    task text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    closed_on date,
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
    CONSTRAINT mentoring_action_item_closed_on__together CHECK (((closed_on IS NULL) = (state = 'open'::text))),
    CONSTRAINT mentoring_action_item_owner__enum CHECK ((owner = ANY (ARRAY['umkm'::text, 'village_enterprise'::text, 'village'::text, 'dinas'::text, 'mentor'::text, 'other'::text]))),
    CONSTRAINT mentoring_action_item_state__enum CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.mentoring_action_item FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_id__unique PRIMARY KEY (id);

CREATE INDEX mentoring_action_item_district_code_due_on_id_idx ON public.mentoring_action_item USING btree (district_code, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_due_on_id_idx ON public.mentoring_action_item USING btree (due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_due_on_id_idx1 ON public.mentoring_action_item USING btree (due_on, id) WHERE ((state = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX mentoring_action_item_session_id_due_on_id_idx ON public.mentoring_action_item USING btree (session_id, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_state_due_on_id_idx ON public.mentoring_action_item USING btree (state, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_umkm_id_due_on_id_idx ON public.mentoring_action_item USING btree (umkm_id, due_on, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_updated_at_id_idx ON public.mentoring_action_item USING btree (updated_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX mentoring_action_item_village_code_due_on_id_idx ON public.mentoring_action_item USING btree (village_code, due_on, id) WHERE (deleted_at IS NULL);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_action_item', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by}');

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.business_touch();

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.mentoring_action_item_hold();

CREATE TRIGGER session_gone BEFORE INSERT ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.mentoring_action_item_session();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE DEFERRABLE;

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);

CREATE POLICY bumdes_select ON public.mentoring_action_item FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));

CREATE POLICY bupati_select ON public.mentoring_action_item FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.mentoring_action_item FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.mentoring_action_item FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY dinas_update ON public.mentoring_action_item FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);

ALTER TABLE public.mentoring_action_item ENABLE ROW LEVEL SECURITY;

CREATE POLICY not_counted ON public.mentoring_action_item AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY processing_restricted ON public.mentoring_action_item AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

CREATE POLICY system_select ON public.mentoring_action_item FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));

GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_action_item TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_system;
