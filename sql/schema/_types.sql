CREATE SCHEMA extension;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extension;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE TYPE public.change_request AS (
	id uuid,
	status text,
	patch jsonb,
	note text,
	requested_at timestamp(3) with time zone,
	requested_by uuid,
	decided_at timestamp(3) with time zone,
	decided_by uuid
);

CREATE TYPE public.market_step AS (
	id uuid,
	level text,
	reached_on date,
	evidence text,
	export_id uuid,
	reverses uuid,
	created_at timestamp(3) with time zone,
	created_by uuid
);

CREATE TYPE public.sealed AS (
	cipher text,
	hash text,
	mask text
);

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ovop_api;
GRANT USAGE ON SCHEMA public TO ovop_engine;

ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS  FROM PUBLIC;
