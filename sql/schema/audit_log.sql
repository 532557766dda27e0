CREATE TABLE public.audit_log (
    id bigint NOT NULL,
    at timestamp(3) with time zone NOT NULL,
    resource text NOT NULL,
    record_id text NOT NULL,
    villages text[],
    subject uuid,
    role text,
    operation text,
    request_id text,
    action text NOT NULL,
    changes jsonb NOT NULL,
    prev text,
    hash text NOT NULL,
    version integer,
    xid xid8,
    villages_before text[],
    client_request_id text
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

CREATE INDEX audit_log_record ON public.audit_log USING btree (record_id, resource, id);

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY bumdes_select ON public.audit_log FOR SELECT TO ovop_bumdes USING (((villages && ( SELECT public.claim_villages() AS claim_villages)) OR (villages = '{NULL}'::text[])));

CREATE POLICY bupati_select ON public.audit_log FOR SELECT TO ovop_bupati USING ((villages IS NOT NULL));

CREATE POLICY dinas_select ON public.audit_log FOR SELECT TO ovop_dinas USING ((villages IS NOT NULL));

CREATE POLICY system_select ON public.audit_log FOR SELECT TO ovop_system USING (((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) OR ((resource = 'production_report'::text) AND ( SELECT public.claim_scope('production:write'::text) AS claim_scope)) OR ((resource = ANY (ARRAY['buyer'::text, 'export'::text])) AND ( SELECT public.claim_scope('exports:write'::text) AS claim_scope))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR (villages = '{NULL}'::text[]) OR ((villages IS NOT NULL) AND ( SELECT public.claim_district() AS claim_district)))));

CREATE POLICY village_select ON public.audit_log FOR SELECT TO ovop_dinas, ovop_bupati USING ((resource = 'village'::text));

GRANT SELECT ON TABLE public.audit_log TO ovop_bumdes;
GRANT SELECT ON TABLE public.audit_log TO ovop_dinas;
GRANT SELECT ON TABLE public.audit_log TO ovop_bupati;
GRANT SELECT ON TABLE public.audit_log TO ovop_system;
