CREATE TABLE public.user_account (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    username text NOT NULL COLLATE public.indonesian,
    full_name text NOT NULL COLLATE public.indonesian,
    role text NOT NULL,
    villages text[],
    must_change_password boolean DEFAULT true NOT NULL,
    disabled_at timestamp(3) with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT public.claim_subject(),
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[username, full_name])) STORED NOT NULL,
    CONSTRAINT user_account_full_name__blank CHECK (public.says_something(full_name)),
    CONSTRAINT user_account_role__enum CHECK ((role = ANY (ARRAY['admin'::text, 'bupati'::text, 'dinas'::text, 'bumdes'::text]))),
    CONSTRAINT user_account_username__pattern CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{2,63}$'::text)),
    CONSTRAINT user_account_villages__range CHECK ((cardinality(villages) <= 100)),
    CONSTRAINT user_account_villages__scope CHECK (
CASE role
    WHEN 'bumdes'::text THEN (COALESCE(cardinality(villages), 0) > 0)
    ELSE (villages IS NULL)
END)
);

ALTER TABLE ONLY public.user_account FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_username__unique UNIQUE (username);

CREATE INDEX user_account_search_idx ON public.user_account USING gin (search);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.audit_row('user', '{full_name}', '{id,version,created_at,created_by,updated_at,updated_by,search}');

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.touch();

CREATE POLICY admin_all ON public.user_account TO ovop_admin USING (true) WITH CHECK (true);

CREATE POLICY self_select ON public.user_account FOR SELECT TO ovop_api USING ((id = ( SELECT public.claim_subject() AS claim_subject)));

ALTER TABLE public.user_account ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.user_account TO ovop_admin;
GRANT SELECT ON TABLE public.user_account TO ovop_bupati;
GRANT SELECT ON TABLE public.user_account TO ovop_dinas;
GRANT SELECT ON TABLE public.user_account TO ovop_bumdes;
GRANT SELECT ON TABLE public.user_account TO ovop_system;

GRANT INSERT(username) ON TABLE public.user_account TO ovop_admin;

GRANT INSERT(full_name),UPDATE(full_name) ON TABLE public.user_account TO ovop_admin;

GRANT INSERT(role),UPDATE(role) ON TABLE public.user_account TO ovop_admin;

GRANT INSERT(villages),UPDATE(villages) ON TABLE public.user_account TO ovop_admin;

GRANT UPDATE(must_change_password) ON TABLE public.user_account TO ovop_admin;

GRANT UPDATE(disabled_at) ON TABLE public.user_account TO ovop_admin;
