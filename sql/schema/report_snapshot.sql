CREATE TABLE public.report_snapshot (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    report text NOT NULL,
    title text NOT NULL COLLATE public.indonesian,
    as_of timestamp(3) with time zone,
    period_from date NOT NULL,
    period_to date NOT NULL,
    counted_by text NOT NULL,
    district_codes text[],
    village_codes text[],
    verified_only boolean NOT NULL,
    result text NOT NULL,
    sha256 text NOT NULL,
    umkm_ids uuid[] NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT public.claim_subject()
);

ALTER TABLE ONLY public.report_snapshot FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.report_snapshot
    ADD CONSTRAINT report_snapshot_id__unique PRIMARY KEY (id);

CREATE INDEX report_snapshot_created_at_id_idx ON public.report_snapshot USING btree (created_at, id);

CREATE INDEX report_snapshot_report_created_at_id_idx ON public.report_snapshot USING btree (report, created_at, id);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.report_snapshot FOR EACH ROW EXECUTE FUNCTION public.audit_row('report_snapshot', '{result}', '{id,created_at,created_by}');

CREATE TRIGGER names BEFORE INSERT ON public.report_snapshot FOR EACH ROW EXECUTE FUNCTION public.report_snapshot_names();

CREATE POLICY bupati_insert ON public.report_snapshot FOR INSERT TO ovop_bupati WITH CHECK (true);

CREATE POLICY bupati_select ON public.report_snapshot FOR SELECT TO ovop_bupati USING (true);

CREATE POLICY dinas_insert ON public.report_snapshot FOR INSERT TO ovop_dinas WITH CHECK (true);

CREATE POLICY dinas_select ON public.report_snapshot FOR SELECT TO ovop_dinas USING (true);

CREATE POLICY not_counted ON public.report_snapshot AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted)))));

CREATE POLICY processing_restricted ON public.report_snapshot AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING ((NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted))));

ALTER TABLE public.report_snapshot ENABLE ROW LEVEL SECURITY;

CREATE POLICY system_select ON public.report_snapshot FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('reports:read'::text) AND (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text)))) AND ( SELECT public.claim_district() AS claim_district)));

GRANT SELECT ON TABLE public.report_snapshot TO ovop_dinas;
GRANT SELECT ON TABLE public.report_snapshot TO ovop_bupati;
GRANT SELECT ON TABLE public.report_snapshot TO ovop_system;

GRANT INSERT(id) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(id) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(report) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(report) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(title) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(title) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(as_of) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(as_of) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(period_from) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(period_from) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(period_to) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(period_to) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(counted_by) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(counted_by) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(district_codes) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(district_codes) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(village_codes) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(village_codes) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(verified_only) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(verified_only) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(result) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(result) ON TABLE public.report_snapshot TO ovop_bupati;

GRANT INSERT(sha256) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(sha256) ON TABLE public.report_snapshot TO ovop_bupati;
