CREATE TABLE public.refresh_token (
    hash text NOT NULL,
    family uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE ONLY public.refresh_token FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (hash);

CREATE INDEX refresh_token_expires_at_idx ON public.refresh_token USING btree (expires_at);

CREATE INDEX refresh_token_family_idx ON public.refresh_token USING btree (family);

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_family_fkey FOREIGN KEY (family) REFERENCES public.refresh_family(id) ON DELETE CASCADE;

ALTER TABLE public.refresh_token ENABLE ROW LEVEL SECURITY;
