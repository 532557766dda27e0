CREATE TABLE public.idempotency_key (
    principal text NOT NULL,
    key text NOT NULL,
    hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    reply json
);

ALTER TABLE ONLY public.idempotency_key FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (principal, key);

CREATE INDEX idempotency_key_created_at_idx ON public.idempotency_key USING btree (created_at);

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;
