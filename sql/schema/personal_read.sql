CREATE TABLE public.personal_read (
    id bigint NOT NULL,
    at timestamp(3) with time zone DEFAULT now() NOT NULL,
    resource text NOT NULL,
    record_id uuid,
    village_code text,
    members text[] NOT NULL,
    purpose text NOT NULL,
    subject uuid DEFAULT public.claim_subject() NOT NULL,
    role text DEFAULT public.claim_role() NOT NULL,
    operation text DEFAULT (public.claims() ->> 'operation'::text),
    request_id text DEFAULT (public.claims() ->> 'request_id'::text),
    umkm_id uuid,
    client_request_id text DEFAULT (public.claims() ->> 'client_request_id'::text),
    data_subject_request_id uuid,
    CONSTRAINT personal_read_umkm_id__check CHECK (((resource <> ALL (ARRAY['umkm'::text, 'umkm_owner'::text, 'umkm_consent'::text])) OR (NOT (umkm_id IS DISTINCT FROM record_id))))
);

ALTER TABLE ONLY public.personal_read FORCE ROW LEVEL SECURITY;

ALTER TABLE public.personal_read ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.personal_read_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.personal_read
    ADD CONSTRAINT personal_read_pkey PRIMARY KEY (id);

CREATE INDEX personal_read_at_id_idx ON public.personal_read USING btree (at, id);

CREATE INDEX personal_read_data_subject_request_id_idx ON public.personal_read USING btree (data_subject_request_id) WHERE (data_subject_request_id IS NOT NULL);

CREATE INDEX personal_read_record_id_at_id_idx ON public.personal_read USING btree (record_id, at, id);

CREATE INDEX personal_read_resource_record_id_id_idx ON public.personal_read USING btree (resource, record_id, id);

CREATE INDEX personal_read_subject_at_id_idx ON public.personal_read USING btree (subject, at, id);

CREATE INDEX personal_read_village_code_at_id_idx ON public.personal_read USING btree (village_code, at, id);

CREATE TRIGGER answers BEFORE INSERT ON public.personal_read FOR EACH ROW WHEN ((new.data_subject_request_id IS NOT NULL)) EXECUTE FUNCTION public.personal_read_answers();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.personal_read FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE ONLY public.personal_read
    ADD CONSTRAINT personal_read_data_subject_request_id__exists FOREIGN KEY (data_subject_request_id) REFERENCES public.data_subject_request(id);

CREATE POLICY bumdes_insert ON public.personal_read FOR INSERT TO ovop_bumdes WITH CHECK (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));

CREATE POLICY bupati_select ON public.personal_read FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.personal_read FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.personal_read FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY not_counted ON public.personal_read AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

ALTER TABLE public.personal_read ENABLE ROW LEVEL SECURITY;

CREATE POLICY processing_restricted ON public.personal_read AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

GRANT SELECT ON TABLE public.personal_read TO ovop_dinas;
GRANT SELECT ON TABLE public.personal_read TO ovop_bupati;

GRANT INSERT(resource) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(resource) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(record_id) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(record_id) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(village_code) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(village_code) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(members) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(members) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(purpose) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(purpose) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(umkm_id) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(umkm_id) ON TABLE public.personal_read TO ovop_dinas;

GRANT INSERT(data_subject_request_id) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(data_subject_request_id) ON TABLE public.personal_read TO ovop_dinas;
