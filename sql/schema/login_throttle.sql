CREATE TABLE public.login_throttle (
    account text NOT NULL,
    address text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    next_at timestamp with time zone,
    succeeded_at timestamp with time zone
);

ALTER TABLE ONLY public.login_throttle FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.login_throttle
    ADD CONSTRAINT login_throttle_pkey PRIMARY KEY (account, address);

CREATE INDEX login_throttle_last_at_idx ON public.login_throttle USING btree (last_at);

ALTER TABLE public.login_throttle ENABLE ROW LEVEL SECURITY;
