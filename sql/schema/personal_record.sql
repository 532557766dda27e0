CREATE TABLE public.personal_record (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    resource text NOT NULL,
    record_id uuid NOT NULL,
    umkm_id uuid,
    village_code text,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED,
    members text[] NOT NULL,
    hashes text[] NOT NULL,
    ended_on date,
    retention_until date,
    due date GENERATED ALWAYS AS (COALESCE(retention_until, '9999-12-31'::date)) STORED NOT NULL
);

ALTER TABLE ONLY public.personal_record FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.personal_record
    ADD CONSTRAINT personal_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.personal_record
    ADD CONSTRAINT personal_record_resource_record_id_key UNIQUE (resource, record_id);

CREATE INDEX personal_record_district_code_due_id_idx ON public.personal_record USING btree (district_code, due, id);

CREATE INDEX personal_record_due_id_idx ON public.personal_record USING btree (due, id);

CREATE INDEX personal_record_hashes_idx ON public.personal_record USING gin (hashes);

CREATE INDEX personal_record_resource_due_id_idx ON public.personal_record USING btree (resource, due, id);

CREATE INDEX personal_record_umkm_id_due_id_idx ON public.personal_record USING btree (umkm_id, due, id);

CREATE INDEX personal_record_village_code_due_id_idx ON public.personal_record USING btree (village_code, due, id);

CREATE POLICY dinas_select ON public.personal_record FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY not_counted ON public.personal_record AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

ALTER TABLE public.personal_record ENABLE ROW LEVEL SECURITY;

CREATE POLICY processing_restricted ON public.personal_record AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));

GRANT SELECT ON TABLE public.personal_record TO ovop_dinas;
