CREATE TABLE public.service_account (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    client_id text NOT NULL COLLATE public.indonesian,
    name text NOT NULL COLLATE public.indonesian,
    scopes text[] NOT NULL,
    villages text[] NOT NULL,
    disabled_at timestamp(3) with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT public.claim_subject(),
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[client_id, name])) STORED NOT NULL,
    CONSTRAINT service_account_client_id__pattern CHECK ((client_id ~ '^[a-z0-9][a-z0-9._-]{2,63}$'::text)),
    CONSTRAINT service_account_client_id__reserved CHECK ((client_id <> ALL (ARRAY['manual'::text, 'import'::text, 'sample'::text]))),
    CONSTRAINT service_account_name__blank CHECK (public.says_something(name)),
    CONSTRAINT service_account_scopes__enum CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['register:read'::text, 'register:write'::text, 'production:write'::text, 'exports:write'::text, 'reports:read'::text]))),
    CONSTRAINT service_account_villages__range CHECK ((cardinality(villages) <= 100)),
    CONSTRAINT service_account_villages__scope CHECK (((cardinality(villages) > 0) AND ((villages = '{district}'::text[]) OR ('district'::text <> ALL (villages)))))
);

ALTER TABLE ONLY public.service_account FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.service_account
    ADD CONSTRAINT service_account_client_id__unique UNIQUE (client_id);

ALTER TABLE ONLY public.service_account
    ADD CONSTRAINT service_account_id__unique PRIMARY KEY (id);

CREATE INDEX service_account_search_idx ON public.service_account USING gin (search);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.audit_row('service_account', '{}', '{id,version,created_at,created_by,updated_at,updated_by,search}');

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.touch();

CREATE POLICY admin_all ON public.service_account TO ovop_admin USING (true) WITH CHECK (true);

CREATE POLICY self_select ON public.service_account FOR SELECT TO ovop_api USING ((id = ( SELECT public.claim_subject() AS claim_subject)));

ALTER TABLE public.service_account ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.service_account TO ovop_admin;
GRANT SELECT ON TABLE public.service_account TO ovop_bupati;
GRANT SELECT ON TABLE public.service_account TO ovop_dinas;
GRANT SELECT ON TABLE public.service_account TO ovop_bumdes;
GRANT SELECT ON TABLE public.service_account TO ovop_system;

GRANT INSERT(client_id) ON TABLE public.service_account TO ovop_admin;

GRANT INSERT(name),UPDATE(name) ON TABLE public.service_account TO ovop_admin;

GRANT INSERT(scopes),UPDATE(scopes) ON TABLE public.service_account TO ovop_admin;

GRANT INSERT(villages),UPDATE(villages) ON TABLE public.service_account TO ovop_admin;

GRANT UPDATE(disabled_at) ON TABLE public.service_account TO ovop_admin;
