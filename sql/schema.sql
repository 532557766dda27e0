--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: extension; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA extension;


--
-- Name: btree_gist; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA extension;


--
-- Name: EXTENSION btree_gist; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


--
-- Name: change_request; Type: TYPE; Schema: public; Owner: -
--

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


--
-- Name: market_step; Type: TYPE; Schema: public; Owner: -
--

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


--
-- Name: sealed; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.sealed AS (
	cipher text,
	hash text,
	mask text
);


--
-- Name: account_rules(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.account_rules() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  new.villages := (select array_agg(distinct v order by v) from unnest(new.villages) v);

  if exists (select
               from unnest(new.villages) v
              where not (v = 'district' and tg_table_name = 'service_account')
                and not exists (select from village where code = v)) then
    perform refuse('validation_failed', violation('/villages', 'exists'));
  end if;

  if tg_table_name = 'user_account' and tg_op = 'UPDATE' then
    if old.role = 'admin' and old.disabled_at is null and (new.role <> 'admin' or new.disabled_at is not null) then
      -- All of them are locked, so that two administrators cannot remove each other at once.
      perform from user_account u where u.role = 'admin' and u.disabled_at is null order by u.id for update;
      if not exists (select from user_account u where u.role = 'admin' and u.disabled_at is null and u.id <> old.id) then
        perform refuse('state_conflict',
                       violation(case when new.role <> 'admin' then '/role' else '/disabled' end, 'last_admin'));
      end if;
    end if;

    if new.role <> old.role or new.disabled_at is not null and old.disabled_at is null then
      update refresh_family f set revoked_at = now() where f.subject = old.id and f.revoked_at is null;
    end if;
  end if;
  return new;
end
$$;


--
-- Name: admin_create(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.admin_create(username text, password_hash text, full_name text) RETURNS uuid
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_variable
declare
  admin uuid;
begin
  insert into user_account as u (username, full_name, role)
  values (username, full_name, 'admin')
      on conflict on constraint user_account_username__unique do update
     set must_change_password = true, disabled_at = null
   where u.role = 'admin'
  returning u.id into admin;

  if admin is null then
    raise exception 'user "%" exists and is no administrator', username;
  end if;
  perform credential_put(admin, password_hash);
  return admin;
end
$$;


--
-- Name: allowed_actions(text, text, uuid[], text, public.change_request); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text, request public.change_request DEFAULT NULL::public.change_request) RETURNS TABLE(allowed_actions json)
    LANGUAGE sql STABLE
    AS $$
  select case when (select claim_everywhere()) or village_code = any ((select claim_villages())::text[])
              then coalesce((select m.actions
                               from workflow_map m
                              where m.resource = allowed_actions.resource
                                and m.role = claim_role()
                                and (m.write_scope is null or claim_scope(m.write_scope)))
                            -> (status || case when (request).status = 'open' then ' open' else '' end
                                       || case when (select claim_subject())
                                                    = any (change_writers(writers, request)) then ' wrote' else '' end),
                            '[]')::json
              else '[]'
         end
$$;


--
-- Name: aspiration_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aspiration_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.visit_id is not null and (tg_op = 'INSERT' or new.visit_id is distinct from old.visit_id) then
    perform from visit where id = new.visit_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: uuid_v7(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    AS $$
  select (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
          || right(gen_random_uuid()::text, 17))::uuid
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: aspiration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.aspiration (
    visit_id uuid NOT NULL,
    kind text NOT NULL,
    topic text NOT NULL,
    text text NOT NULL,
    raised_by_group text NOT NULL,
    priority text NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, text)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'open'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT aspiration_kind__enum CHECK ((kind = ANY (ARRAY['obstacle'::text, 'request'::text, 'idea'::text]))),
    CONSTRAINT aspiration_priority__enum CHECK ((priority = ANY (ARRAY['high'::text, 'normal'::text, 'low'::text]))),
    CONSTRAINT aspiration_raised_by_group__enum CHECK ((raised_by_group = ANY (ARRAY['umkm'::text, 'farmers'::text, 'artisans'::text, 'women'::text, 'youth'::text, 'disabled'::text, 'village_enterprise'::text, 'village_government'::text, 'other'::text]))),
    CONSTRAINT aspiration_status__enum CHECK ((status = ANY ('{addressed,declined,open}'::text[])))
);

ALTER TABLE ONLY public.aspiration FORCE ROW LEVEL SECURITY;


--
-- Name: aspiration_row(public.aspiration, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aspiration_row(a public.aspiration, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, visit_id uuid, kind text, topic text, text text, raised_by_group text, priority text, village_code text, district_code text, visit json, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select a.id, a.visit_id, a.kind, a.topic, a.text, a.raised_by_group, a.priority, a.village_code, a.district_code,
         case when 'visit' = any (expand) then (select b.brief from visit_brief(a.visit_id) b) end,
         case when 'village' = any (expand) then (select b.brief from village_brief(a.village_code) b) end,
         a.status, a.status_note, m.allowed_actions, a.version, a.source, a.created_at, a.created_by, a.updated_at, a.updated_by
    from allowed_actions('aspiration', a.status, a.writers, a.village_code) m
$$;


--
-- Name: aspiration_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.aspiration_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, visit_id uuid, kind text, topic text, text text, raised_by_group text, priority text, village_code text, district_code text, visit json, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from aspiration n where n.id = any ($1) offset 0) n, aspiration_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: district_codes(text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.district_codes(villages text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
  if cardinality(villages) = 1 then
    return array[left(villages[1], 8)];
  end if;
  return array(select distinct left(v, 8) from unnest(villages) v order by 1);
end
$$;


--
-- Name: mentoring_participant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mentoring_participant (
    session_id uuid NOT NULL,
    umkm_id uuid NOT NULL,
    attended boolean,
    pre_score integer,
    post_score integer,
    note text,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    CONSTRAINT mentoring_participant_post_score__range CHECK (((post_score >= 0) AND (post_score <= 100))),
    CONSTRAINT mentoring_participant_pre_score__range CHECK (((pre_score >= 0) AND (pre_score <= 100)))
);

ALTER TABLE ONLY public.mentoring_participant FORCE ROW LEVEL SECURITY;


--
-- Name: mentoring_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mentoring_session (
    program_id uuid,
    kind text NOT NULL,
    topic text NOT NULL,
    title text NOT NULL,
    place text,
    starts_at timestamp(3) with time zone NOT NULL,
    ends_at timestamp(3) with time zone NOT NULL,
    capacity integer,
    mentor_name public.sealed,
    mentor_phone public.sealed,
    mentor_organisation text,
    diagnosis text,
    notes text,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((title || ' '::text) || COALESCE(place, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'planned'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT mentoring_session_capacity__range CHECK ((capacity > 0)),
    CONSTRAINT mentoring_session_ends_at__before_start CHECK ((ends_at > starts_at)),
    CONSTRAINT mentoring_session_kind__enum CHECK ((kind = ANY (ARRAY['training'::text, 'workshop'::text, 'coaching'::text, 'mentoring_visit'::text, 'exhibition'::text]))),
    CONSTRAINT mentoring_session_status__enum CHECK ((status = ANY ('{cancelled,held,planned}'::text[]))),
    CONSTRAINT mentoring_session_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.mentoring_session FORCE ROW LEVEL SECURITY;


--
-- Name: attendance_row(public.mentoring_participant, public.mentoring_session, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.attendance_row(p public.mentoring_participant, s public.mentoring_session, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, session_id uuid, program_id uuid, topic text, starts_at timestamp with time zone, umkm_id uuid, attended boolean, pre_score integer, post_score integer, note text, village_code text, district_code text, session json, umkm json, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, s.id, s.program_id, s.topic, s.starts_at, p.umkm_id, p.attended, p.pre_score, p.post_score, p.note,
         p.village_code, p.district_code,
         case when 'session' = any (expand) then (select b.brief from mentoring_session_brief(s) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(p.umkm_id) b) end,
         p.version, p.updated_at, p.updated_by
$$;


--
-- Name: attendance_sheet(public.mentoring_session, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.attendance_sheet(session public.mentoring_session, entries jsonb) RETURNS TABLE(place bigint, umkm_id uuid, entry jsonb)
    LANGUAGE plpgsql
    AS $$
declare
  violations jsonb;
begin
  if session.status <> 'held' then
    perform refuse('state_conflict', violation('', 'not_held'));
  end if;

  select jsonb_agg(jsonb_build_object('pointer', format('/attendances/%s/umkm_id', e.place - 1), 'code', e.code) order by e.place)
    into violations
    from (select s.place,
                 case when not exists (select
                                         from mentoring_participant p
                                        where p.session_id = session.id
                                          and p.umkm_id = (s.entry ->> 'umkm_id')::uuid
                                          and p.deleted_at is null) then 'not_registered'
                      when row_number() over (partition by s.entry ->> 'umkm_id' order by s.place) > 1 then 'unique'
                 end as code
            from jsonb_array_elements(entries) with ordinality s (entry, place)) e
   where e.code is not null;
  if violations is not null then
    perform refuse('validation_failed', violations);
  end if;

  return query
  select s.place, (s.entry ->> 'umkm_id')::uuid, s.entry
    from jsonb_array_elements(entries) with ordinality s (entry, place);
end
$$;


--
-- Name: audit_append_only(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;


--
-- Name: audit_digest(text, bigint, bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_digest(previous text, first_id bigint, last_id bigint) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select encode(sha256(convert_to(
           concat_ws(' ', coalesce(previous, '-'), first_id, last_id, count(*), string_agg(l.hash, ' ' order by l.id)),
           'UTF8')), 'hex')
    from audit_log l
   where l.id between first_id and last_id
$$;


--
-- Name: audit_log; Type: TABLE; Schema: public; Owner: -
--

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
    hash text NOT NULL
);

ALTER TABLE ONLY public.audit_log FORCE ROW LEVEL SECURITY;


--
-- Name: audit_hash(public.audit_log); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_hash(e public.audit_log) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select encode(sha256(convert_to(jsonb_build_array(
           extract(epoch from e.at), e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id,
           e.action, e.changes, e.prev)::text, 'UTF8')), 'hex')
$$;


--
-- Name: audit_row(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_row() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  was      jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  is_now   jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  whole    jsonb := case when tg_op = 'DELETE' then was else is_now end;
  personal text[] := tg_argv[1];
  hidden   text[] := tg_argv[2]::text[] || array['change_request'];
  request  jsonb := is_now -> 'change_request';
  changes  jsonb;
  action   text;
begin
  if request ->> 'status' is not distinct from was #>> '{change_request,status}' then
    request := null;
  end if;

  changes := (select coalesce(jsonb_object_agg(c.key, case when c.key <> all (personal)
                                                           then jsonb_build_array(was -> c.key, is_now -> c.key) end), '{}')
                from jsonb_object_keys(whole - hidden) c (key)
               where coalesce(is_now -> c.key, 'null') <> coalesce(was -> c.key, 'null'));

  if request is not null then
    changes := changes || (
      select coalesce(jsonb_object_agg(c.key, case when c.key <> all (personal) then jsonb_build_array(c.was, c.is_now) end), '{}')
        from (select p.key, is_now -> p.key, p.value
                from jsonb_each(request -> 'patch') p
               where request ->> 'status' <> 'verified'
               union all
              select 'note', null, request -> 'note'
               where request ->> 'note' is not null) c (key, was, is_now));
    action := case request ->> 'status'
                when 'open' then 'request_change'
                when 'verified' then 'verify_change'
                when 'rejected' then 'reject_change'
                else 'withdraw_change'
              end;
  elsif tg_op = 'INSERT' then
    action := 'create';
  elsif tg_op = 'DELETE' or changes ? 'deleted_at' then
    action := 'delete';
  elsif changes ? 'status' then
    action := (select t.action
                 from resource r
                      join workflow_transition t on t.workflow = r.workflow
                where r.name = tg_argv[0]
                  and t.from_status = was ->> 'status'
                  and t.to_status = is_now ->> 'status');
  end if;

  if action is null and changes = '{}' then  -- nothing but the machinery's columns
    return null;
  end if;
  perform audit_write(
    tg_argv[0],
    coalesce(whole ->> 'id', whole ->> 'code'),
    -- The villages of an account are its scope: they make nobody a reader of its entries.
    case when whole ? 'village_code' then coalesce(jsonb_texts(whole -> 'villages'), array[whole ->> 'village_code']) end,
    coalesce(action, 'update'),
    changes - 'deleted_at');
  return null;
end
$$;


--
-- Name: audit_seal; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_seal (
    id bigint NOT NULL,
    at timestamp(3) with time zone DEFAULT now() NOT NULL,
    first_id bigint NOT NULL,
    last_id bigint NOT NULL,
    entries bigint NOT NULL,
    digest text NOT NULL
);

ALTER TABLE ONLY public.audit_seal FORCE ROW LEVEL SECURITY;


--
-- Name: audit_seal_next(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_seal_next() RETURNS public.audit_seal
    LANGUAGE plpgsql
    AS $$
declare
  mark   audit_mark;
  last   audit_seal;
  sealed audit_seal;
begin
  select * into mark from audit_mark;
  select * into last from audit_seal order by id desc limit 1;

  if mark.next_xid <= pg_snapshot_xmin(pg_current_snapshot()) then
    insert into audit_seal (first_id, last_id, entries, digest)
    select min(l.id), max(l.id), count(*), audit_digest(last.digest, min(l.id), max(l.id))
      from audit_log l
     where l.id > coalesce(last.last_id, 0)
       and l.id <= mark.last_id
    having count(*) > 0
    returning * into sealed;
    delete from audit_mark;
  elsif mark.next_xid <= pg_snapshot_xmax(pg_current_snapshot()) then
    return null;  -- somebody who may own an entry below the mark is still at work
  else
    delete from audit_mark;  -- a mark of another cluster: this one is a restored dump
  end if;

  insert into audit_mark
  select s.last_value, pg_snapshot_xmax(pg_current_snapshot())
    from audit_log_id_seq s
   where s.is_called;
  return sealed;
end
$$;


--
-- Name: audit_table(text, text, text[]); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.audit_table(IN table_name text, IN resource text, IN personal text[] DEFAULT '{}'::text[])
    LANGUAGE plpgsql
    AS $$
declare
  hidden text[] := array(select attname
                           from pg_attribute
                          where attrelid = table_name::regclass
                            and (attgenerated <> '' or attname in ('id', 'version', 'writers', 'corrections', 'created_at',
                                                                   'created_by', 'updated_at', 'updated_by', 'submitted_by',
                                                                   'verified_at', 'verified_by')));
begin
  execute format('create or replace trigger audit after insert or update or delete on %I'
                 ' for each row execute function audit_row(%L, %L, %L)', table_name, resource, personal, hidden);
end
$$;


--
-- Name: audit_verify(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_verify() RETURNS TABLE(what text, id bigint, resource text, record_id text)
    LANGUAGE sql STABLE
    AS $$
  select 'entry was changed', l.id, l.resource, l.record_id
    from audit_log l
   where l.hash <> audit_hash(l)
   union all
  select 'entry before is missing', l.id, l.resource, l.record_id
    from (select a.*, lag(a.hash) over (partition by a.resource, a.record_id order by a.id) as before
            from audit_log a) l
   where l.prev is distinct from l.before
   union all
  select 'seal does not fit its entries', s.id, null, null
    from (select a.*, lag(a.digest) over (order by a.id) as before
            from audit_seal a) s
   where s.digest is distinct from audit_digest(s.before, s.first_id, s.last_id)
$$;


--
-- Name: audit_write(text, text, text[], text, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.audit_write(resource text, record_id text, villages text[], action text, changes jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_variable
declare
  claims jsonb := claims();
  -- An entry's number must be drawn by a transaction that the seal can wait for: one that has an id of its own.
  own_id xid8 := pg_current_xact_id();
  e      audit_log;
begin
  e.at := now();
  e.resource := resource;
  e.record_id := record_id;
  e.villages := villages;
  e.subject := claims ->> 'sub';
  e.role := claims ->> 'role';
  e.operation := claims ->> 'operation';
  e.request_id := claims ->> 'request_id';
  e.action := action;
  e.changes := changes;
  e.prev := (select l.hash from audit_log l where l.resource = resource and l.record_id = record_id order by l.id desc limit 1);
  e.hash := audit_hash(e);

  insert into audit_log (at, resource, record_id, villages, subject, role, operation, request_id, action, changes, prev, hash)
  values (e.at, e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id, e.action, e.changes, e.prev,
          e.hash);
end
$$;


--
-- Name: auth_accept(uuid, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_accept(subject uuid, address text, password_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  perform throttle_clear(throttle_account('user', u.username), address) from user_account u where u.id = subject;

  update credential c set digest = password_hash where c.subject = subject and password_hash is not null;
end
$$;


--
-- Name: FUNCTION auth_accept(subject uuid, address text, password_hash text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.auth_accept(subject uuid, address text, password_hash text) IS 'of instances that are older than 0047';


--
-- Name: auth_client(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_client(client_id text, secret_digest text, address text) RETURNS TABLE(subject uuid, scope json, villages json, retry_after integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  account text := throttle_account('client', auth_client.client_id);
begin
  retry_after := throttle_try(account, address);

  select a.id, array_to_json(a.scopes), array_to_json(a.villages)
    into subject, scope, villages
    from service_account a
         join credential c on c.subject = a.id
   where a.client_id = auth_client.client_id
     and c.digest = secret_digest
     and a.disabled_at is null
     and auth_client.retry_after = 0;

  if subject is not null then
    perform throttle_clear(account, address);
  end if;
  return next;
end
$$;


--
-- Name: auth_enter(uuid, text, text, text, text, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_enter(subject uuid, address text, kept text, renewed text, refresh_hash text, ttl_seconds integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  family uuid;
begin
  perform from credential c where c.subject = subject and c.digest = kept for no key update;
  if not found then
    return false;
  end if;

  update credential c set digest = renewed where c.subject = subject and renewed is not null;
  perform throttle_clear(throttle_account('user', u.username), address) from user_account u where u.id = subject;
  insert into refresh_family (subject) values (subject) returning id into family;
  insert into refresh_token values (refresh_hash, family, now() + make_interval(secs => ttl_seconds));
  return true;
end
$$;


--
-- Name: auth_login(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_login(username text, address text) RETURNS TABLE(subject uuid, password_hash text, role text, villages json, must_change boolean, retry_after integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  retry_after := throttle_try(throttle_account('user', auth_login.username), address);

  return query
  select u.id, c.digest, u.role, array_to_json(u.villages), u.must_change_password, auth_login.retry_after
    from (values (1)) one
         left join user_account u on u.username = lower(auth_login.username) and u.disabled_at is null
                                 and auth_login.retry_after = 0
         left join credential c on c.subject = u.id;
end
$$;


--
-- Name: auth_password(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_password(subject uuid) RETURNS TABLE(password_hash text, retry_after integer)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  retry_after := throttle_try(throttle_account('password', auth_password.subject::text), '-');

  select c.digest
    into password_hash
    from user_account u
         join credential c on c.subject = u.id
   where u.id = auth_password.subject
     and u.disabled_at is null
     and auth_password.retry_after = 0;
  return next;
end
$$;


--
-- Name: auth_password_set(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_password_set(subject uuid, password_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  perform throttle_clear(throttle_account('password', subject::text), '-');
  perform credential_put(subject, password_hash);
  update user_account u set must_change_password = false where u.id = subject;
end
$$;


--
-- Name: auth_refresh(text, text, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_refresh(refresh_hash text, new_hash text, ttl_seconds integer) RETURNS TABLE(outcome text, subject uuid, role text, villages json, must_change boolean)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
  family refresh_family;
  token  refresh_token;
begin
  select f.*
    into family
    from refresh_family f
   where f.id = (select t.family from refresh_token t where t.hash = refresh_hash)
     for update;
  select * into token from refresh_token t where t.hash = refresh_hash;

  outcome := case
               when token.hash is null then 'unknown'
               when token.used_at is not null then 'reused'
               when family.revoked_at is not null then 'unknown'
               when token.expires_at <= now() then 'expired'
               else 'ok'
             end;

  if outcome = 'reused' then
    update refresh_family f set revoked_at = now() where f.id = family.id and f.revoked_at is null;
  elsif outcome = 'ok' then
    select u.id, u.role, array_to_json(u.villages), u.must_change_password
      into subject, role, villages, must_change
      from user_account u
     where u.id = family.subject
       and u.disabled_at is null;
    if subject is null then
      outcome := 'unknown';
    else
      update refresh_token t set used_at = now() where t.hash = token.hash;
      insert into refresh_token values (new_hash, family.id, now() + make_interval(secs => ttl_seconds));
    end if;
  end if;
  return next;
end
$$;


--
-- Name: auth_revoke(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_revoke(refresh_hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update refresh_family f
     set revoked_at = now()
   where f.id = (select t.family from refresh_token t where t.hash = refresh_hash)
     and f.revoked_at is null;
end
$$;


--
-- Name: auth_session(uuid, text, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.auth_session(subject uuid, refresh_hash text, ttl_seconds integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  family uuid;
begin
  insert into refresh_family (subject) values (subject) returning id into family;
  insert into refresh_token values (refresh_hash, family, now() + make_interval(secs => ttl_seconds));
end
$$;


--
-- Name: FUNCTION auth_session(subject uuid, refresh_hash text, ttl_seconds integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.auth_session(subject uuid, refresh_hash text, ttl_seconds integer) IS 'of instances that are older than 0047';


--
-- Name: business_policy(text, text, text, text, text); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.business_policy(IN table_name text, IN role text, IN command text, IN reads text DEFAULT NULL::text, IN writes text DEFAULT NULL::text)
    LANGUAGE plpgsql
    SET client_min_messages TO 'warning'
    AS $$
begin
  execute format('drop policy if exists %I on %I', role || '_' || command, table_name);
  execute format('create policy %I on %I for %s to %I', role || '_' || command, table_name, command, 'ovop_' || role)
          || coalesce(' using (' || reads || ')', '') || coalesce(' with check (' || writes || ')', '');
  execute format('grant %s on %I to %I', command, table_name, 'ovop_' || role);
end
$$;


--
-- Name: business_table(text, text, text, boolean, boolean, text[], text, text[], text[], text[], text); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.business_table(IN table_name text, IN resource text DEFAULT NULL::text, IN write_scope text DEFAULT 'register:write'::text, IN shared boolean DEFAULT false, IN district_wide boolean DEFAULT false, IN personal text[] DEFAULT '{}'::text[], IN workflow text DEFAULT 'published'::text, IN writers text[] DEFAULT '{bumdes,dinas,system}'::text[], IN deciders text[] DEFAULT '{dinas}'::text[], IN creators text[] DEFAULT NULL::text[], IN part_of text DEFAULT NULL::text)
    LANGUAGE plpgsql
    SET client_min_messages TO 'warning'
    AS $_$
#variable_conflict use_variable
declare
  noun      text := coalesce(resource, table_name);
  generated text[] := array(select attname from pg_attribute where attrelid = table_name::regclass and attgenerated <> '');
  changers  text[] := array(select unnest(writers || deciders || creators)
                             union
                            select unnest(t.roles) from workflow_transition t where t.workflow = workflow);
  in_scope  text := 'village_code = any ((select claim_villages())::text[])';
  readable  text := case
                      when shared then 'villages && (select claim_villages())::text[]'
                      when district_wide then format('(village_code is null or %s)', in_scope)
                      else in_scope
                    end;
  -- What a system may ask for at all the contract says. A report reads what a list does, but no parts of records.
  may_read  text := format('(select claim_scope(''register:read'')%s or claim_scope(%L))',
                           case when part_of is null then ' or claim_scope(''reports:read'')' end, write_scope);
  may_write text := format('(select claim_scope(%L))', write_scope);
  district  text := '(select claim_district())';
  role      text;
  reach     text;
  lead      text;
begin
  insert into resource as r values (noun, workflow, writers, deciders, write_scope)
      on conflict (name) do update
     set workflow = excluded.workflow, writers = excluded.writers, deciders = excluded.deciders,
         write_scope = excluded.write_scope;

  execute format($ddl$
    alter table %1$I
      add column if not exists id uuid not null default uuid_v7()
          constraint %2$I primary key,
      add column if not exists village_code text %4$s
          constraint %3$I references village (code),
      add column if not exists version int not null default 1,
      add column if not exists source text not null default 'import',
      add column if not exists created_at timestamptz(3) not null default now(),
      add column if not exists created_by uuid,
      add column if not exists updated_at timestamptz(3) not null default now(),
      add column if not exists updated_by uuid,
      add column if not exists deleted_at timestamptz(3)
    $ddl$, table_name, table_name || '_id__unique', table_name || '_village_code__exists',
    case when not district_wide then 'not null' end);

  if shared then
    execute format($ddl$
      alter table %1$I
        add column if not exists villages text[] not null
            constraint %2$I check (village_code = any (villages))
      $ddl$, table_name, table_name || '_villages__lead');
  end if;

  execute format('create or replace trigger business_touch before insert or update on %I'
                 ' for each row execute function business_touch()', table_name);

  if workflow is not null then
    execute format($ddl$
      alter table %1$I
        add column if not exists status text not null default %3$L
            constraint %2$I check (status = any (%4$L)),
        add column if not exists status_note text,
        add column if not exists submitted_by uuid,
        add column if not exists verified_at timestamptz(3),
        add column if not exists verified_by uuid,
        add column if not exists writers uuid[] not null default '{}'
      $ddl$, table_name, table_name || '_status__enum',
      (select w.initial from workflow w where w.name = workflow),
      array(select from_status from workflow_transition t where t.workflow = workflow
             union
            select to_status from workflow_transition t where t.workflow = workflow and to_status is not null
             order by 1));
    execute format('create or replace trigger business_workflow before insert or update on %I'
                   ' for each row execute function business_workflow(%L, %L)', table_name, noun,
                   generated || array['status', 'status_note', 'deleted_at', 'version', 'updated_at', 'updated_by', 'writers',
                                      'submitted_by', 'verified_at', 'verified_by']);
  end if;

  if exists (select from workflow_transition t where t.workflow = workflow and t.change_request = 'opens') then
    execute format('alter table %I add column if not exists change_request change_request', table_name);
  end if;

  if part_of is not null then
    execute format('create or replace trigger part_written after insert or update on %I'
                   ' for each row execute function part_written(%L)', table_name, part_of);
  end if;

  call audit_table(table_name, noun, personal);
  call force_policies(table_name);

  -- The Dinas and the Bupati's office read all; villages and systems what is in their scope.
  call business_policy(table_name, 'bumdes', 'select', readable);
  call business_policy(table_name, 'dinas', 'select', 'true');
  call business_policy(table_name, 'bupati', 'select', 'true');
  call business_policy(table_name, 'system', 'select', format('%s and (%s or %s)', may_read, readable, district));

  foreach role in array changers loop
    -- A record that may be read but not written is found by the update and refused by its trigger: 403, not 404.
    reach := case role when 'bumdes' then readable when 'system' then format('%s and (%s or %s)', may_write, readable, district)
                       else 'true' end;
    lead := case role when 'bumdes' then in_scope when 'system' then format('%s and (%s or %s)', may_write, in_scope, district)
                      else 'true' end;
    call business_policy(table_name, role, 'update', reach, lead);
    if role = any (coalesce(creators, writers)) then
      call business_policy(table_name, role, 'insert', null, lead);
    end if;
  end loop;
end
$_$;


--
-- Name: business_touch(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.business_touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'INSERT' then
    if claims_given() then
      new.version := 1;
      new.source := claim_source();
      new.created_at := now();
      new.created_by := claim_subject();
      new.deleted_at := null;
    end if;
    new.updated_at := new.created_at;
    new.updated_by := new.created_by;
    return new;
  end if;

  if old.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if claims_given() and not claim_everywhere() and old.village_code = any (claim_villages()) is not true then
    perform refuse('forbidden');
  end if;
  new.id := old.id;
  new.version := old.version + 1;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.updated_at := now();
  new.updated_by := claim_subject();
  if claims_given() then
    new.source := old.source;
  end if;
  if new.deleted_at is not null then
    new.deleted_at := now();
  end if;
  return new;
end
$$;


--
-- Name: business_workflow(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.business_workflow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  rule  resource;
  step  workflow_transition;
  was   change_request;
  asked change_request;
  patch jsonb;
begin
  select * into rule from resource where name = tg_argv[0];

  if not claims_given() or current_setting('app.applies', true) = new.id::text then
    return new;
  end if;

  if tg_op = 'INSERT' then
    new.status := (select initial from workflow where name = rule.workflow);
    new.status_note := null;
    new.submitted_by := null;
    new.verified_at := null;
    new.verified_by := null;
    new.writers := array[claim_subject()];
    return new;
  end if;

  was := jsonb_populate_record(was, nullif(to_jsonb(old) -> 'change_request', 'null'));
  asked := jsonb_populate_record(asked, nullif(to_jsonb(new) -> 'change_request', 'null'));
  patch := (select coalesce(jsonb_object_agg(n.key, n.value), '{}')
              from jsonb_each(to_jsonb(new) - (tg_argv[1]::text[] || array['change_request'])) n
             where n.value <> to_jsonb(old) -> n.key);

  select *
    into step
    from workflow_transition t
   where t.workflow = rule.workflow
     and t.from_status = old.status
     and case
           when asked is distinct from was then t.change_request = 'closes' and t.action = asked.status || '_change'
           when was.status = 'open' then false
           when new.deleted_at is not null then t.action = 'delete'
           else t.to_status = new.status and t.change_request is distinct from 'closes'
         end;

  if step is null and was.status = 'open' then
    perform refuse('state_conflict', jsonb_build_array(
      jsonb_build_object('pointer', '/change_request', 'code', 'change_open', 'limit', was.id)));
  end if;
  if step is null or step.action <> 'update' and patch <> '{}' then
    perform refuse('state_conflict');
  end if;
  if claim_role() = any (step_roles(rule, step)) is not true then
    perform refuse('forbidden');
  end if;
  if step.decides and claim_subject() = any (change_writers(old.writers, was)) then
    perform refuse('forbidden', violation('/status', 'verifier_wrote'));
  end if;
  if step.needs_note
     and coalesce(trim(case step.change_request when 'closes' then asked.note else new.status_note end), '') = '' then
    perform refuse('validation_failed', violation('/note', 'required'));
  end if;

  if step.change_request = 'opens' then
    if patch = '{}' then
      return old;
    end if;
    perform change_check(tg_table_name, old.id, patch);
    asked := row(uuid_v7(), 'open', patch, null, now(), claim_subject(), null, null);
    new := jsonb_populate_record(old, jsonb_build_object('version', new.version, 'updated_at', new.updated_at,
                                                         'updated_by', new.updated_by, 'change_request', asked));
  elsif step.change_request = 'closes' then
    asked.status := case asked.status when 'verify' then 'verified' when 'reject' then 'rejected' else 'withdrawn' end;
    asked.decided_at := now();
    asked.decided_by := claim_subject();
    if step.verifies then  -- the values are the record's own from now on
      new := jsonb_populate_record(new, was.patch);
      asked.patch := '{}';
    end if;
    new := jsonb_populate_record(new, jsonb_build_object('change_request', asked));
  end if;

  new.submitted_by := case when step.action = 'submit' then claim_subject() else old.submitted_by end;
  new.verified_at := case when step.verifies then now() else old.verified_at end;
  new.verified_by := case when step.verifies then claim_subject() else old.verified_by end;
  new.writers := case
                   when step.verifies then '{}'
                   when step.action = 'update' and step.change_request is null
                   then array(select unnest(old.writers) union select claim_subject())
                   else old.writers
                 end;
  if step.action = 'update' or step.change_request = 'closes' then
    new.status_note := old.status_note;
  end if;
  return new;
end
$$;


--
-- Name: buyer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.buyer (
    name text NOT NULL,
    kind text NOT NULL,
    country_code text NOT NULL,
    website text,
    notes text,
    contact_name public.sealed,
    contact_phone public.sealed,
    contact_email public.sealed,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    CONSTRAINT buyer_kind__enum CHECK ((kind = ANY (ARRAY['importer'::text, 'distributor'::text, 'wholesaler'::text, 'retailer'::text, 'processor'::text, 'aggregator'::text, 'marketplace'::text, 'other'::text])))
);

ALTER TABLE ONLY public.buyer FORCE ROW LEVEL SECURITY;


--
-- Name: buyer_contact_row(public.buyer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.buyer_contact_row(b public.buyer) RETURNS TABLE(name text, phone text, email text, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select (b.contact_name).mask, (b.contact_phone).mask, (b.contact_email).mask, b.version, b.updated_at, b.updated_by
$$;


--
-- Name: buyer_row(public.buyer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.buyer_row(b public.buyer) RETURNS TABLE(id uuid, name text, kind text, country_code text, website text, notes text, contact_name text, village_code text, district_code text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select b.id, b.name, b.kind, b.country_code, b.website, b.notes, (b.contact_name).mask, b.village_code, b.district_code,
         a.allowed_actions, b.version, b.source, b.created_at, b.created_by, b.updated_at, b.updated_by
    from kept_actions('buyer', b.village_code) a
$$;


--
-- Name: buyer_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.buyer_rows(ids uuid[]) RETURNS TABLE(id uuid, name text, kind text, country_code text, website text, notes text, contact_name text, village_code text, district_code text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from buyer n where n.id = any ($1) offset 0) n, buyer_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: catalog_certificates(uuid, uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_certificates(umkm_id uuid, product_ids uuid[]) RETURNS TABLE(certificates json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object(
                    'kind', c.kind, 'number', c.public_number, 'issuer', c.issuer, 'issued_on', c.issued_on,
                    'expires_on', c.expires_on, 'state', certification_state(c.ends_on, today()), 'product_id', c.product_id)
                  order by c.ends_on desc, c.kind, c.id), '[]')
    from certification c
   where c.status = 'published'
     and c.deleted_at is null
     and (c.umkm_id = (select catalog_certificates.umkm_id) or c.product_id = any (product_ids))
$$;


--
-- Name: catalog_certified(text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_certified(kinds text[]) RETURNS TABLE(umkm_id uuid, product_id uuid)
    LANGUAGE sql STABLE
    AS $$
    with held as (
         select c.umkm_id, c.product_id
           from certification c
          where c.kind = any (kinds)
            and c.ends_on >= today()
            and c.status = 'published'
            and c.deleted_at is null)
  select u.id, p.id
    from held h
         join umkm u on u.id = h.umkm_id
         left join product p on p.umkm_id = u.id
   union all
  select p.umkm_id, p.id
    from held h
         join product p on p.id = h.product_id
$$;


--
-- Name: catalog_product_flagships(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_product_flagships(product_id uuid) RETURNS TABLE(flagship_of json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object('code', v.code, 'name', v.name, 'decree_number', f.decree_number,
                                             'decreed_on', f.decreed_on, 'valid_from', f.valid_from, 'valid_to', f.valid_to)
                           order by v.name, v.code), '[]')
    from flagship f
         join village v on v.code = f.village_code
   where f.product_id = catalog_product_flagships.product_id
     and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
     and f.deleted_at is null
$$;


--
-- Name: catalog_product_markets(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_product_markets(product_id uuid) RETURNS TABLE(markets json, verified_at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return query
  select (select coalesce(json_agg(json_build_object('market_reach', m.level, 'reached_on', m.reached_on) order by m.place), '[]')
            from (select s.level, min(s.reached_on), min(s.ordinality)
                    from market_steps_effective(p.market_steps) with ordinality s
                   group by s.level) m (level, reached_on, place)),
         p.verified_at
    from product p
   where p.id = catalog_product_markets.product_id
     and p.status = 'published'
     and p.deleted_at is null;
end
$$;


--
-- Name: jsonb_texts(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jsonb_texts(list jsonb) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
begin
  if jsonb_typeof(list) <> 'array' then
    return null;
  end if;
  if jsonb_array_length(list) = 1 then
    return array[list ->> 0];
  end if;
  return array(select jsonb_array_elements_text(list));
end
$$;


--
-- Name: market_reach(public.market_step[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.market_reach(steps public.market_step[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
  if cardinality(steps) > 0 then
    return (select s.level from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;


--
-- Name: market_reached_on(public.market_step[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.market_reached_on(steps public.market_step[]) RETURNS date
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    AS $$
begin
  if cardinality(steps) > 0 then
    return (select s.reached_on from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;


--
-- Name: size_basis(date, bigint, bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.size_basis(founded_on date, capital bigint, sales bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
           when founded_on >= '2021-02-02' and capital is not null then 'capital'
           when sales is not null then 'sales'
         end
$$;


--
-- Name: size_class(date, bigint, bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.size_class(founded_on date, capital bigint, sales bigint) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE public.size_basis(founded_on, capital, sales) WHEN 'capital'::text THEN CASE WHEN (capital <= 1000000000) THEN 'mikro'::text WHEN (capital <= '5000000000'::bigint) THEN 'kecil'::text WHEN (capital <= '10000000000'::bigint) THEN 'menengah'::text ELSE 'besar'::text END WHEN 'sales'::text THEN CASE WHEN (sales <= 2000000000) THEN 'mikro'::text WHEN (sales <= '15000000000'::bigint) THEN 'kecil'::text WHEN (sales <= '50000000000'::bigint) THEN 'menengah'::text ELSE 'besar'::text END ELSE NULL::text END;


--
-- Name: product; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.product (
    umkm_id uuid,
    village_enterprise_id uuid,
    name_id text NOT NULL,
    name_en text,
    story_id text,
    story_en text,
    brand text,
    category text NOT NULL,
    hs_code text,
    hs_edition text,
    price_min_idr bigint,
    price_max_idr bigint,
    unit text,
    moq integer,
    monthly_capacity integer,
    shelf_life_days integer,
    market_steps public.market_step[] DEFAULT '{}'::public.market_step[] NOT NULL,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    market_reach text GENERATED ALWAYS AS (public.market_reach(market_steps)) STORED,
    market_reached_on date GENERATED ALWAYS AS (public.market_reached_on(market_steps)) STORED,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((((((name_id || ' '::text) || COALESCE(name_en, ''::text)) || ' '::text) || COALESCE(brand, ''::text)) || ' '::text) || COALESCE(story_id, ''::text)) || ' '::text) || COALESCE(story_en, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT product_hs_code__pattern CHECK ((hs_code ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'::text)),
    CONSTRAINT product_monthly_capacity__range CHECK ((monthly_capacity >= 0)),
    CONSTRAINT product_moq__range CHECK ((moq >= 1)),
    CONSTRAINT product_price_max_idr__range CHECK ((price_max_idr >= 0)),
    CONSTRAINT product_price_min_idr__range CHECK ((price_min_idr >= 0)),
    CONSTRAINT product_shelf_life_days__range CHECK ((shelf_life_days >= 1)),
    CONSTRAINT product_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT product_unit__enum CHECK ((unit = ANY (ARRAY['kg'::text, 'g'::text, 'l'::text, 'ml'::text, 'm'::text, 'piece'::text, 'pack'::text, 'bottle'::text, 'jar'::text, 'box'::text, 'set'::text, 'sheet'::text, 'head'::text, 'visit'::text, 'other'::text]))),
    CONSTRAINT product_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.product FORCE ROW LEVEL SECURITY;


--
-- Name: reference; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reference (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    list text NOT NULL,
    code text NOT NULL,
    edition text,
    name_id text NOT NULL,
    name_en text NOT NULL,
    valid_from date,
    valid_to date,
    alpha3 text,
    minor_units integer,
    sea_only boolean,
    country_code text,
    customs_code text,
    equivalent_code text,
    unit text,
    figure text,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((code || ' '::text) || name_id) || ' '::text) || name_en))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT reference_list__enum CHECK ((list = ANY (ARRAY['kbli'::text, 'hs'::text, 'countries'::text, 'currencies'::text, 'incoterms'::text, 'ports'::text, 'topics'::text, 'categories'::text, 'offices'::text, 'indicators'::text])))
);


--
-- Name: umkm; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.umkm (
    name text NOT NULL,
    nib text,
    external_reference text,
    kbli_code text,
    kbli_edition text,
    legal_form text,
    founded_on date,
    workers_male integer,
    workers_female integer,
    workers_disabled integer,
    capital_idr bigint,
    annual_sales_idr bigint,
    annual_sales_year integer,
    size_class_reported text,
    village_enterprise_id uuid,
    contact_phone text,
    contact_whatsapp text,
    contact_email text,
    contact_links text[] DEFAULT '{}'::text[] NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    workers_total integer GENERATED ALWAYS AS ((workers_male + workers_female)) STORED,
    size_class_computed text GENERATED ALWAYS AS (public.size_class(founded_on, capital_idr, annual_sales_idr)) STORED,
    size_class_basis text GENERATED ALWAYS AS (public.size_basis(founded_on, capital_idr, annual_sales_idr)) STORED,
    size_class text GENERATED ALWAYS AS (COALESCE(public.size_class(founded_on, capital_idr, annual_sales_idr), size_class_reported)) STORED,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT umkm_annual_sales_idr__range CHECK ((annual_sales_idr >= 0)),
    CONSTRAINT umkm_capital_idr__range CHECK ((capital_idr >= 0)),
    CONSTRAINT umkm_legal_form__enum CHECK ((legal_form = ANY (ARRAY['perorangan'::text, 'pt_perorangan'::text, 'cv'::text, 'firma'::text, 'pt'::text, 'koperasi'::text, 'kelompok'::text, 'other'::text]))),
    CONSTRAINT umkm_nib__pattern CHECK ((nib ~ '^[0-9]{13}$'::text)),
    CONSTRAINT umkm_size_class_reported__enum CHECK ((size_class_reported = ANY (ARRAY['mikro'::text, 'kecil'::text, 'menengah'::text, 'besar'::text]))),
    CONSTRAINT umkm_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT umkm_workers_disabled__range CHECK ((workers_disabled >= 0)),
    CONSTRAINT umkm_workers_female__range CHECK ((workers_female >= 0)),
    CONSTRAINT umkm_workers_male__range CHECK ((workers_male >= 0))
);

ALTER TABLE ONLY public.umkm FORCE ROW LEVEL SECURITY;


--
-- Name: village; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.village (
    code text NOT NULL,
    bps_code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    district_code text NOT NULL,
    district_name text NOT NULL,
    latitude numeric(7,5) NOT NULL,
    longitude numeric(8,5) NOT NULL,
    postcode text NOT NULL,
    population integer,
    population_year integer,
    index_name text,
    index_year integer,
    index_score numeric(5,4),
    index_status text,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((name || ' '::text) || district_name))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT village_bps_code__pattern CHECK ((bps_code ~ '^3505[0-9]{6}$'::text)),
    CONSTRAINT village_code__pattern CHECK ((code ~ '^35[.]05[.][0-9]{2}[.][12][0-9]{3}$'::text)),
    CONSTRAINT village_district_code__prefix CHECK ((district_code = "left"(code, 8))),
    CONSTRAINT village_index_name__enum CHECK ((index_name = ANY (ARRAY['idm'::text, 'indeks_desa'::text]))),
    CONSTRAINT village_index_score__range CHECK (((index_score >= (0)::numeric) AND (index_score <= (1)::numeric))),
    CONSTRAINT village_index_status__enum CHECK ((index_status = ANY (ARRAY['sangat_tertinggal'::text, 'tertinggal'::text, 'berkembang'::text, 'maju'::text, 'mandiri'::text]))),
    CONSTRAINT village_kind__enum CHECK ((kind =
CASE substr(code, 10, 1)
    WHEN '1'::text THEN 'kelurahan'::text
    ELSE 'desa'::text
END)),
    CONSTRAINT village_postcode__pattern CHECK ((postcode ~ '^[1-9][0-9]{4}$'::text))
);


--
-- Name: village_enterprise; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.village_enterprise (
    name text NOT NULL,
    kind text NOT NULL,
    legal_number text,
    established_on date,
    unit_businesses jsonb DEFAULT '[]'::jsonb NOT NULL,
    rank text,
    rank_year integer,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    kbli_codes text[] GENERATED ALWAYS AS (public.jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*]."kbli_code"?(@ != null)'::jsonpath))) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((name || ' '::text) || (jsonb_path_query_array(unit_businesses, '$[*]."name"'::jsonpath))::text))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT village_enterprise_kind__enum CHECK ((kind = ANY (ARRAY['bumdes'::text, 'bumdesma'::text]))),
    CONSTRAINT village_enterprise_rank__enum CHECK ((rank = ANY (ARRAY['perintis'::text, 'pemula'::text, 'berkembang'::text, 'maju'::text]))),
    CONSTRAINT village_enterprise_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT village_enterprise_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.village_enterprise FORCE ROW LEVEL SECURITY;


--
-- Name: catalog_product; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.catalog_product WITH (security_invoker='true') AS
 SELECT p.id,
    p.name_id,
    p.name_en,
    p.story_id,
    p.story_en,
    p.brand,
    p.category,
    c.name_id AS category_name_id,
    c.name_en AS category_name_en,
    p.hs_code,
    p.hs_edition,
    p.price_min_idr,
    p.price_max_idr,
    p.unit,
    p.moq,
    p.monthly_capacity,
    p.shelf_life_days,
    p.market_reach,
    p.market_reached_on,
        CASE
            WHEN (p.umkm_id IS NULL) THEN 'village_enterprise'::text
            ELSE 'umkm'::text
        END AS producer_kind,
    COALESCE(u.id, e.id) AS producer_id,
    COALESCE(u.name, e.name) AS producer_name,
    p.village_code,
    v.name AS village_name,
    v.district_code,
    v.district_name,
    v.latitude,
    v.longitude,
    p.villages,
    p.district_codes,
    p.umkm_id,
    p.village_enterprise_id,
    p.version,
    p.updated_at,
    p.search
   FROM ((((public.product p
     JOIN public.village v ON ((v.code = p.village_code)))
     LEFT JOIN public.reference c ON (((c.list = 'categories'::text) AND (c.code = p.category) AND (c.edition IS NULL))))
     LEFT JOIN public.umkm u ON ((u.id = p.umkm_id)))
     LEFT JOIN public.village_enterprise e ON ((e.id = p.village_enterprise_id)));


--
-- Name: catalog_product_row(public.catalog_product); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_product_row(p public.catalog_product) RETURNS TABLE(id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text, category_name_id text, category_name_en text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer, shelf_life_days integer, market_reach text, market_reached_on date, producer_kind text, producer_id uuid, producer_name text, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamp with time zone, star_award json, star_estimate json, certificates json, flagship_of json)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, p.category_name_id, p.category_name_en,
         p.hs_code, p.hs_edition, p.price_min_idr, p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days,
         p.market_reach, p.market_reached_on, p.producer_kind, p.producer_id, p.producer_name, p.village_code, p.village_name,
         p.district_code, p.district_name, p.latitude, p.longitude,
         village_names(p.villages), o.contact, p.updated_at, s.star_award, s.star_estimate, c.certificates, f.flagship_of
    from product_contact(p.umkm_id) o, catalog_product_stars(p.id) s, catalog_certificates(p.producer_id, array[p.id]) c,
         catalog_product_flagships(p.id) f
$$;


--
-- Name: catalog_product_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_product_rows(ids uuid[]) RETURNS TABLE(id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text, category_name_id text, category_name_en text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer, shelf_life_days integer, market_reach text, market_reached_on date, producer_kind text, producer_id uuid, producer_name text, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamp with time zone, star_award json, star_estimate json, certificates json, flagship_of json)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from catalog_product n where n.id = any ($1) offset 0) n, catalog_product_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: catalog_product_stars(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_product_stars(product_id uuid) RETURNS TABLE(star_award json, star_estimate json)
    LANGUAGE sql STABLE
    AS $$
  select (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result, 'awarded_by', a.awarded_by,
                                   'awarded_on', a.awarded_on, 'certificate_number', a.certificate_number)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'award'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1),
         (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'estimate'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1)
$$;


--
-- Name: catalog_starred(text, text[], integer[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_starred(kind text, schemes text[], stars integer[]) RETURNS SETOF uuid
    LANGUAGE sql STABLE
    AS $$
  select a.product_id
    from star_assessment a
   where a.kind = catalog_starred.kind
     and a.status = 'published'
     and a.deleted_at is null
     and (schemes is null or a.scheme = any (schemes))
     and (catalog_starred.stars is null or a.result = any (catalog_starred.stars))
     and not exists (select
                       from star_assessment n
                      where n.product_id = a.product_id
                        and n.kind = a.kind
                        and n.status = 'published'
                        and n.deleted_at is null
                        and (n.year, n.id) > (a.year, a.id))
$$;


--
-- Name: catalog_umkm_certificates(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_umkm_certificates(umkm_id uuid) RETURNS TABLE(certificates json)
    LANGUAGE sql STABLE
    AS $$
  select c.certificates
    from catalog_certificates(catalog_umkm_certificates.umkm_id,
                              array(select p.id
                                      from product p
                                     where p.umkm_id = catalog_umkm_certificates.umkm_id
                                       and p.status = 'published')) c
$$;


--
-- Name: catalog_umkm; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.catalog_umkm WITH (security_invoker='true') AS
 SELECT u.id,
    u.name,
    u.kbli_code,
    u.kbli_edition,
    k.name_id AS kbli_name_id,
    k.name_en AS kbli_name_en,
    u.legal_form,
    u.founded_on,
    u.size_class,
    u.village_code,
    v.name AS village_name,
    u.district_code,
    v.district_name,
    v.latitude,
    v.longitude,
    u.version,
    u.updated_at,
    u.search
   FROM ((public.umkm u
     JOIN public.village v ON ((v.code = u.village_code)))
     LEFT JOIN public.reference k ON (((k.list = 'kbli'::text) AND (k.code = u.kbli_code) AND (k.edition = u.kbli_edition))));


--
-- Name: catalog_umkm_row(public.catalog_umkm); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_umkm_row(u public.catalog_umkm) RETURNS TABLE(id uuid, name text, kbli_code text, kbli_edition text, kbli_name_id text, kbli_name_en text, legal_form text, founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamp with time zone, certificates json)
    LANGUAGE sql STABLE
    AS $$
  select u.id, u.name, u.kbli_code, u.kbli_edition, u.kbli_name_id, u.kbli_name_en, u.legal_form, u.founded_on, u.size_class,
         u.village_code, u.village_name, u.district_code, u.district_name, u.latitude, u.longitude, p.owner_name, p.contact,
         u.updated_at, c.certificates
    from umkm_public(u.id) p, catalog_umkm_certificates(u.id) c
$$;


--
-- Name: catalog_umkm_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_umkm_rows(ids uuid[]) RETURNS TABLE(id uuid, name text, kbli_code text, kbli_edition text, kbli_name_id text, kbli_name_en text, legal_form text, founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamp with time zone, certificates json)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from catalog_umkm n where n.id = any ($1) offset 0) n, catalog_umkm_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: catalog_village_enterprise; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.catalog_village_enterprise WITH (security_invoker='true') AS
 SELECT e.id,
    e.name,
    e.kind,
    e.legal_number,
    e.established_on,
    e.unit_businesses,
    e.rank,
    e.rank_year,
    e.village_code,
    v.name AS village_name,
    v.district_code,
    v.district_name,
    v.latitude,
    v.longitude,
    e.villages,
    e.district_codes,
    e.kbli_codes,
    e.updated_at,
    e.search
   FROM (public.village_enterprise e
     JOIN public.village v ON ((v.code = e.village_code)));


--
-- Name: catalog_village_enterprise_row(public.catalog_village_enterprise); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_enterprise_row(e public.catalog_village_enterprise) RETURNS TABLE(id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text, rank_year integer, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on,
         (select coalesce(json_agg(json_build_object(
                            'name', u.unit ->> 'name', 'kbli_code', u.unit ->> 'kbli_code',
                            'kbli_edition', u.unit ->> 'kbli_edition', 'kbli_name_id', k.name_id, 'kbli_name_en', k.name_en,
                            'started_on', u.unit ->> 'started_on') order by u.position), '[]')
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
                 left join reference k on k.list = 'kbli' and k.code = u.unit ->> 'kbli_code'
                                          and k.edition = u.unit ->> 'kbli_edition'),
         e.rank, e.rank_year, e.village_code, e.village_name, e.district_code, e.district_name, e.latitude, e.longitude,
         village_names(e.villages), c.contact, e.updated_at
    from product_contact(null) c
$$;


--
-- Name: catalog_village_enterprise_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_enterprise_rows(ids uuid[]) RETURNS TABLE(id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text, rank_year integer, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from catalog_village_enterprise n where n.id = any ($1) offset 0) n, catalog_village_enterprise_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: catalog_village_flagship(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_flagship(village_code text) RETURNS TABLE(flagship json)
    LANGUAGE sql STABLE
    AS $$
  select (select json_build_object('product_id', p.id, 'name_id', p.name_id, 'name_en', p.name_en,
                                   'decree_number', f.decree_number, 'decreed_on', f.decreed_on,
                                   'valid_from', f.valid_from, 'valid_to', f.valid_to)
            from flagship f
                 join product p on p.id = f.product_id and p.status = 'published' and p.deleted_at is null
           where f.village_code = catalog_village_flagship.village_code
             and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
             and f.deleted_at is null)
$$;


--
-- Name: catalog_village_potentials(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_potentials(village_code text) RETURNS TABLE(potentials json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object(
           'id', p.id, 'commodity', p.commodity, 'kind', p.kind, 'category', p.category, 'category_name_id', c.name_id,
           'category_name_en', c.name_en, 'quantity', trim_scale(p.quantity)::text, 'unit', p.unit,
           'season_months', p.season_months, 'description_id', p.description_id, 'description_en', p.description_en,
           'stage', p.stage, 'product_id', m.id) order by p.commodity, p.id), '[]')
    from village_potential p
         left join reference c on c.list = 'categories' and c.code = p.category and c.edition is null
         left join product m on m.id = p.product_id and m.status = 'published' and m.deleted_at is null
   where p.village_code = catalog_village_potentials.village_code
     and p.status = 'published'
     and p.deleted_at is null
$$;


--
-- Name: catalog_village_row(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_row(v public.village) RETURNS TABLE(code text, kind text, name text, district_code text, district_name text, latitude numeric, longitude numeric, umkm_count integer, activities json, village_enterprises json, potentials json, flagship json)
    LANGUAGE sql STABLE
    AS $$
  select v.code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, a.umkm_count, a.activities,
         e.village_enterprises, p.potentials, f.flagship
    from (select coalesce(sum(k.umkm_count), 0)::integer,
                 coalesce(json_agg(json_build_object('kbli_code', k.kbli_code, 'kbli_edition', k.kbli_edition,
                                                     'name_id', c.name_id, 'name_en', c.name_en, 'umkm_count', k.umkm_count)
                                   order by k.umkm_count desc, k.kbli_code) filter (where c.code is not null), '[]')
            from (select u.kbli_code, u.kbli_edition, count(*)
                    from umkm u
                   where u.village_code = v.code
                     and u.status = 'published'
                     and u.deleted_at is null
                   group by u.kbli_code, u.kbli_edition) k (kbli_code, kbli_edition, umkm_count)
                 left join reference c on c.list = 'kbli' and c.code = k.kbli_code and c.edition = k.kbli_edition
         ) a (umkm_count, activities),
         (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) order by b.name, b.id), '[]')
            from village_enterprise b
           where b.villages @> array[v.code]
             and b.status = 'published'
             and b.deleted_at is null) e (village_enterprises),
         catalog_village_potentials(v.code) p, catalog_village_flagship(v.code) f
$$;


--
-- Name: certification_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.product_id is not null and (tg_op = 'INSERT' or new.product_id is distinct from old.product_id) then
    perform from product where id = new.product_id for key share;
  end if;
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: certification_number(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_number(kind text, number text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
           when kind in ('nib', 'pirt', 'halal', 'bpom', 'trademark') then upper(regexp_replace(number, '[ .-]', '', 'g'))
           else regexp_replace(number, ' +', ' ', 'g')
         end
$$;


--
-- Name: certification_place(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' and (new.umkm_id, new.product_id) is not distinct from (old.umkm_id, old.product_id) then
    return new;
  end if;

  select b.umkm_id, b.village_code, b.villages
    into new.holder_umkm_id, new.village_code, new.villages
    from (select u.id, u.village_code, array[u.village_code] from umkm u where u.id = new.umkm_id and u.deleted_at is null
           union all
          select p.umkm_id, p.village_code, p.villages from product p where p.id = new.product_id and p.deleted_at is null
         ) b (umkm_id, village_code, villages);
  return new;
end
$$;


--
-- Name: certification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certification (
    umkm_id uuid,
    product_id uuid,
    kind text NOT NULL,
    number text NOT NULL,
    issuer text,
    issued_on date,
    expires_on date,
    holder_umkm_id uuid,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    ends_on date GENERATED ALWAYS AS (COALESCE(expires_on, 'infinity'::date)) STORED NOT NULL,
    public_number text GENERATED ALWAYS AS (
CASE
    WHEN (kind <> 'nib'::text) THEN number
    ELSE NULL::text
END) STORED,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((number || ' '::text) || COALESCE(issuer, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT certification_kind__enum CHECK ((kind = ANY (ARRAY['nib'::text, 'pirt'::text, 'halal'::text, 'bpom'::text, 'trademark'::text, 'sni'::text, 'organic'::text, 'gi'::text, 'lab'::text]))),
    CONSTRAINT certification_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT certification_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.certification FORCE ROW LEVEL SECURITY;


--
-- Name: certification_row(public.certification, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_row(c public.certification, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, umkm_id uuid, product_id uuid, holder_umkm_id uuid, kind text, number text, issuer text, issued_on date, expires_on date, state text, village_code text, villages json, village json, umkm json, product json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select c.id, c.umkm_id, c.product_id, c.holder_umkm_id, c.kind, c.number, c.issuer, c.issued_on, c.expires_on,
         certification_state(c.ends_on, today()), c.village_code, to_json(c.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(c.village_code) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(c.holder_umkm_id) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(c.product_id) b) end,
         w.warnings, c.status, c.status_note, q.brief, a.allowed_actions, c.version, c.source, c.created_at, c.created_by,
         c.updated_at, c.updated_by, c.verified_at, c.verified_by
    from certification_warnings(c) w, change_request_brief(c.change_request) q,
         allowed_actions('certification', c.status, c.writers, c.village_code, c.change_request) a
$$;


--
-- Name: certification_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, umkm_id uuid, product_id uuid, holder_umkm_id uuid, kind text, number text, issuer text, issued_on date, expires_on date, state text, village_code text, villages json, village json, umkm json, product json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from certification n where n.id = any ($1) offset 0) n, certification_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: certification_state(date, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_state(ends_on date, day date) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
           when ends_on < day then 'expired'
           when ends_on <= day + 60 then 'expiring'
           else 'valid'
         end
$$;


--
-- Name: certification_warnings(public.certification); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.certification_warnings(c public.certification) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $_$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/number', 'document_number', c.number !~ case c.kind
         when 'halal' then '^(ID[0-9]{17}|[0-9]{11,17})$'
         when 'bpom' then '^M[DL]'
         when 'sni' then '^SNI( ISO(/IEC)?)? [0-9]{1,5}(-[0-9]+)*[:-][0-9]{4}$'
         else '' end),
      ('/number', 'nib_differs', c.kind = 'nib'
         and exists (select from umkm u where u.id = c.umkm_id and u.nib is distinct from c.number)),
      ('/number', 'pirt_old', c.kind = 'pirt' and length(c.number) = 12),
      ('/number', 'pirt_elsewhere', c.kind = 'pirt' and length(c.number) = 15 and substr(c.number, 4, 4) <> '3505'),
      ('/number', 'pirt_year', c.kind = 'pirt' and length(c.number) = 15 and right(c.number, 2) <> to_char(c.expires_on, 'YY')),
      ('/expires_on', 'five_years', c.kind = 'pirt'
         and c.issued_on + interval '5 years' not in (c.expires_on, c.expires_on + 1)),
      ('/expires_on', 'endless', c.kind in ('nib', 'halal') and c.expires_on is not null),
      ('/expires_on', 'end_missing', c.kind in ('pirt', 'trademark') and c.expires_on is null)
    ) as rule (pointer, code, doubtful)
$_$;


--
-- Name: change_check(text, uuid, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.change_check(table_name text, id uuid, patch jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $_$
declare
  columns text := (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(patch) k);
begin
  perform set_config('app.applies', id::text, true);
  execute format('update %1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, $1)) where t.id = $2',
                 table_name, columns)
    using patch, id;
  raise exception using errcode = 'PT001';
exception when sqlstate 'PT001' then
  null;
end
$_$;


--
-- Name: change_decided(text, text, public.change_request, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.change_decided(resource text, status text, request public.change_request, decision text, note text) RETURNS public.change_request
    LANGUAGE plpgsql STABLE
    AS $$
begin
  perform workflow_target(resource, status, decision || '_change');
  if (request).status is distinct from 'open' then
    perform refuse('state_conflict');
  end if;

  request.status := decision;
  request.note := note;
  return request;
end
$$;


--
-- Name: change_request_brief(public.change_request); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.change_request_brief(request public.change_request) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select case when (request).status = 'open'
              then json_build_object('id', (request).id,
                                     'members', (select json_agg(k order by k) from jsonb_object_keys((request).patch) k),
                                     'requested_at', utc_text((request).requested_at), 'requested_by', (request).requested_by)
         end
$$;


--
-- Name: change_request_row(public.change_request, jsonb, json); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.change_request_row(request public.change_request, record jsonb, actions json) RETURNS TABLE(id uuid, status text, note text, changes json, allowed_actions json, requested_at timestamp with time zone, requested_by uuid, decided_at timestamp with time zone, decided_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select (request).id, (request).status, (request).note,
         (select coalesce(json_agg(json_build_object('member', p.key, 'old', record ->> p.key, 'new', p.value #>> '{}')
                                   order by p.key), '[]')
            from jsonb_each((request).patch) p),
         (select coalesce(json_agg(replace(a.action, '_change', '') order by a.place), '[]')
            from json_array_elements_text(actions) with ordinality a (action, place)
           where a.action like '%\_change'),
         (request).requested_at, (request).requested_by, (request).decided_at, (request).decided_by
   where (request).id is not null
$$;


--
-- Name: change_writers(uuid[], public.change_request); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.change_writers(writers uuid[], request public.change_request) RETURNS uuid[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select writers || case (request).status when 'open' then (request).requested_by end
$$;


--
-- Name: check_version(integer, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.check_version(version integer, if_match text[]) RETURNS boolean
    LANGUAGE plpgsql COST 10000
    AS $$
begin
  if if_match is null or exists (select from unnest(if_match) m (etag) where split_part(m.etag, '.', 1) = version::text) then
    return true;
  end if;

  raise exception 'version_mismatch' using errcode = 'PT412', detail = version::text;
end
$$;


--
-- Name: claim_counts(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_counts() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(claims() ->> 'operation' ~ '^(report|village_brief)', false)
$$;


--
-- Name: claim_district(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_district() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(claims() -> 'villages' ? 'district', false)
$$;


--
-- Name: claim_everywhere(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_everywhere() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(claim_role() in ('dinas', 'bupati') or claim_role() = 'system' and claim_district(), false)
$$;


--
-- Name: claim_role(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select claims() ->> 'role'
$$;


--
-- Name: claim_scope(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_scope(scope text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(claims() -> 'scope' ? scope, false)
$$;


--
-- Name: claim_source(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_source() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if claim_role() = 'system' then
    return (select a.client_id from service_account a where a.id = claim_subject());
  end if;
  return 'manual';
end
$$;


--
-- Name: claim_subject(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_subject() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select (claims() ->> 'sub')::uuid
$$;


--
-- Name: claim_villages(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claim_villages() RETURNS text[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select jsonb_texts(claims() -> 'villages')
$$;


--
-- Name: claims(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claims() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select coalesce(nullif(current_setting('app.claims', true), '')::jsonb, '{}')
$$;


--
-- Name: claims_given(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claims_given() RETURNS boolean
    LANGUAGE plpgsql STABLE
    AS $$
begin
  if claim_role() is not null then
    return true;
  end if;
  if current_user in ('ovop_public', 'ovop_bumdes', 'ovop_dinas', 'ovop_bupati', 'ovop_system', 'ovop_admin') then
    perform refuse('forbidden');
  end if;
  return false;
end
$$;


--
-- Name: claims_hold(jsonb, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claims_hold(claims jsonb, villages text[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or villages && jsonb_texts(claims -> 'villages')
$$;


--
-- Name: claims_hold(jsonb, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.claims_hold(claims jsonb, village_code text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or village_code = any (jsonb_texts(claims -> 'villages'))
$$;


--
-- Name: code_named(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.code_named(list text, code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('code', r.code, 'name_id', r.name_id, 'name_en', r.name_en)
    from reference r
   where r.list = code_named.list
     and r.code = code_named.code
   order by r.valid_to desc nulls first
   limit 1
$$;


--
-- Name: commitment_done(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_done() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.done_on := case when new.status = 'done' then today() end;
  return new;
end
$$;


--
-- Name: commitment_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.aspiration_id is not null and (tg_op = 'INSERT' or new.aspiration_id is distinct from old.aspiration_id) then
    perform from aspiration where id = new.aspiration_id for key share;
  end if;
  if new.visit_id is not null and (tg_op = 'INSERT' or new.visit_id is distinct from old.visit_id) then
    perform from visit where id = new.visit_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: commitment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.commitment (
    visit_id uuid NOT NULL,
    aspiration_id uuid,
    office text NOT NULL,
    text text NOT NULL,
    due_on date NOT NULL,
    done_on date,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, text)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'open'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT commitment_status__enum CHECK ((status = ANY ('{confirmed,done,in_progress,open}'::text[])))
);

ALTER TABLE ONLY public.commitment FORCE ROW LEVEL SECURITY;


--
-- Name: commitment_overdue(public.commitment); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_overdue(c public.commitment) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select c.status in ('open', 'in_progress') and c.due_on < today()
$$;


--
-- Name: commitment_progress_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_progress_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.commitment_id is not null and (tg_op = 'INSERT' or new.commitment_id is distinct from old.commitment_id) then
    perform from commitment where id = new.commitment_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: commitment_progress; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.commitment_progress (
    commitment_id uuid NOT NULL,
    noted_on date NOT NULL,
    percent integer NOT NULL,
    note text NOT NULL,
    proof jsonb,
    village_code text NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    CONSTRAINT commitment_progress_percent__range CHECK (((percent >= 0) AND (percent <= 100)))
);

ALTER TABLE ONLY public.commitment_progress FORCE ROW LEVEL SECURITY;


--
-- Name: commitment_progress_last(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_progress_last(commitment_id uuid) RETURNS SETOF public.commitment_progress
    LANGUAGE sql STABLE
    AS $$
  select p.*
    from commitment_progress p
   where p.commitment_id = commitment_progress_last.commitment_id
   order by p.noted_on desc, p.id desc
   limit 1
$$;


--
-- Name: commitment_progress_row(public.commitment_progress); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_progress_row(p public.commitment_progress) RETURNS TABLE(id uuid, noted_on date, percent integer, note text, proof json, created_at timestamp with time zone, created_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.noted_on, p.percent, p.note, p.proof::json, p.created_at, p.created_by
$$;


--
-- Name: commitment_row(public.commitment, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_row(c public.commitment, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, visit_id uuid, aspiration_id uuid, office text, text text, due_on date, overdue boolean, percent integer, progressed_on date, proof json, done_on date, village_code text, district_code text, visit json, aspiration json, village json, status text, status_note text, confirmed_at timestamp with time zone, confirmed_by uuid, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select c.id, c.visit_id, c.aspiration_id, c.office, c.text, c.due_on, commitment_overdue(c), p.percent, p.noted_on,
         (select q.proof::json
            from commitment_progress q
           where q.commitment_id = c.id and q.proof is not null
           order by q.noted_on desc, q.id desc
           limit 1),
         c.done_on, c.village_code, c.district_code,
         case when 'visit' = any (expand) then (select b.brief from visit_brief(c.visit_id) b) end,
         case when 'aspiration' = any (expand)
              then (select json_build_object('id', a.id, 'kind', a.kind, 'topic', a.topic, 'text', a.text,
                                             'priority', a.priority, 'status', a.status)
                      from aspiration a where a.id = c.aspiration_id) end,
         case when 'village' = any (expand) then (select b.brief from village_brief(c.village_code) b) end,
         c.status, c.status_note, c.verified_at, c.verified_by, m.allowed_actions, c.version, c.source, c.created_at,
         c.created_by, c.updated_at, c.updated_by
    from allowed_actions('commitment', c.status, c.writers, c.village_code) m
         left join commitment_progress_last(c.id) p on true
$$;


--
-- Name: commitment_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, visit_id uuid, aspiration_id uuid, office text, text text, due_on date, overdue boolean, percent integer, progressed_on date, proof json, done_on date, village_code text, district_code text, visit json, aspiration json, village json, status text, status_note text, confirmed_at timestamp with time zone, confirmed_by uuid, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from commitment n where n.id = any ($1) offset 0) n, commitment_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: commitment_runs(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.commitment_runs() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  c commitment;
begin
  select * into c from commitment where id = new.commitment_id for no key update;
  if c.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if c.status not in ('open', 'in_progress') then
    perform refuse('state_conflict');
  end if;
  return new;
end
$$;


--
-- Name: credential_put(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.credential_put(subject uuid, digest text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  insert into credential as c
  values (subject, digest)
      on conflict on constraint credential_pkey do update
     set digest = excluded.digest, changed_at = now();

  update refresh_family f set revoked_at = now() where f.subject = subject and f.revoked_at is null;
  perform audit_write('credential', subject::text, null, 'update', '{}');
end
$$;


--
-- Name: data_subject_request_done(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.data_subject_request_done() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  about uuid := coalesce(new.umkm_id, new.buyer_id, new.session_id);
  done  boolean := case new.kind
    when 'access' then exists (select
                                 from personal_read l
                                where l.record_id = about
                                  and l.operation in ('umkm_disclose', 'buyer_reveal', 'mentoring_mentor_reveal')
                                  and l.at >= new.received_at)
    when 'erasure' then case
      when new.umkm_id is null then not exists (select from personal_record p where p.record_id = about)
      else exists (select from umkm_owner o where o.id = about and o.erased_at >= new.verified_at)
    end
    when 'restriction' then exists (select from umkm_consent c where c.id = about and c.processing_restricted)
    when 'withdrawal' then exists (select from umkm_consent c where c.id = about and c.withdrawn_on is not null)
    else true
  end;
begin
  if not done and exists (select from umkm u where u.id = about and u.deleted_at is null
                           union all
                          select from buyer b where b.id = about and b.deleted_at is null
                           union all
                          select from mentoring_session s where s.id = about and s.deleted_at is null) then
    perform refuse('state_conflict', violation('/kind', 'not_carried_out'));
  end if;
  return new;
end
$$;


--
-- Name: data_subject_request_due(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.data_subject_request_due() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.due_at := new.received_at + interval '72 hours';
  return new;
end
$$;


--
-- Name: data_subject_request_follow(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.data_subject_request_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform set_config('app.applies', new.id::text, true);
  return new;
end
$$;


--
-- Name: data_subject_request; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.data_subject_request (
    kind text NOT NULL,
    umkm_id uuid,
    buyer_id uuid,
    session_id uuid,
    details text,
    received_at timestamp(3) with time zone NOT NULL,
    due_at timestamp(3) with time zone NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'received'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT data_subject_request_kind__enum CHECK ((kind = ANY (ARRAY['access'::text, 'correction'::text, 'erasure'::text, 'restriction'::text, 'objection'::text, 'withdrawal'::text]))),
    CONSTRAINT data_subject_request_status__enum CHECK ((status = ANY ('{done,granted,received,refused,withdrawn}'::text[])))
);

ALTER TABLE ONLY public.data_subject_request FORCE ROW LEVEL SECURITY;


--
-- Name: data_subject_request_row(public.data_subject_request, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.data_subject_request_row(r public.data_subject_request, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, kind text, umkm_id uuid, buyer_id uuid, session_id uuid, details text, received_at timestamp with time zone, due_at timestamp with time zone, overdue boolean, decided_at timestamp with time zone, decided_by uuid, village_code text, district_code text, umkm json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select r.id, r.kind, r.umkm_id, r.buyer_id, r.session_id, r.details, r.received_at, r.due_at,
         r.status in ('received', 'granted') and r.due_at < now(), r.verified_at, r.verified_by, r.village_code, r.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(r.umkm_id) b) end,
         r.status, r.status_note, a.allowed_actions, r.version, r.source, r.created_at, r.created_by, r.updated_at, r.updated_by
    from allowed_actions('data_subject_request', r.status, r.writers, r.village_code) a
$$;


--
-- Name: data_subject_request_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.data_subject_request_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, kind text, umkm_id uuid, buyer_id uuid, session_id uuid, details text, received_at timestamp with time zone, due_at timestamp with time zone, overdue boolean, decided_at timestamp with time zone, decided_by uuid, village_code text, district_code text, umkm json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from data_subject_request n where n.id = any ($1) offset 0) n, data_subject_request_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: day_of(timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.day_of(at timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select (at at time zone 'Asia/Jakarta')::date
$$;


--
-- Name: district; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.district (
    code text NOT NULL,
    bps_code text NOT NULL,
    name text NOT NULL,
    latitude numeric(7,5) NOT NULL,
    longitude numeric(8,5) NOT NULL,
    postcode text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT district_bps_code__pattern CHECK ((bps_code ~ '^3505[0-9]{3}$'::text)),
    CONSTRAINT district_code__pattern CHECK ((code ~ '^35[.]05[.][0-9]{2}$'::text)),
    CONSTRAINT district_postcode__pattern CHECK ((postcode ~ '^[1-9][0-9]{4}$'::text))
);


--
-- Name: district_row(public.district); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.district_row(d public.district) RETURNS TABLE(code text, bps_code text, name text, latitude numeric, longitude numeric, postcode text, desa_count integer, kelurahan_count integer, version integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select d.code, d.bps_code, d.name, d.latitude, d.longitude, d.postcode,
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'desa'),
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'kelurahan'),
         d.version, d.updated_at
$$;


--
-- Name: export_compute(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_compute() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'UPDATE' and new.lines = old.lines then
    return new;
  end if;

  new.lines := export_valued(new.lines);
  select sum((l.line ->> 'quantity_kg')::numeric), sum((l.line ->> 'fob_idr')::numeric),
         array_agg(distinct (l.line ->> 'product_id')::uuid)
    into new.quantity_kg, new.fob_idr, new.product_ids
    from jsonb_array_elements(new.lines) l (line);
  select coalesce(array_agg(distinct p.umkm_id) filter (where p.umkm_id is not null), '{}'),
         coalesce(array_agg(distinct p.village_enterprise_id) filter (where p.village_enterprise_id is not null), '{}')
    into new.umkm_ids, new.village_enterprise_ids
    from export_products(new.product_ids) p;
  return new;
end
$$;


--
-- Name: export_grade(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_grade(documents jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  select case
           when documents @? '$[*].kind ? (@ == "peb" || @ == "consignment_note")' then 'A'
           when documents @? '$[*].kind ? (@ == "invoice" || @ == "ska" || @ == "phytosanitary")' then 'B'
           when documents @? '$[*].kind ? (@ == "statement")' then 'C'
         end
$_$;


--
-- Name: export; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.export (
    exporter_name text NOT NULL,
    exporter_nib text,
    mode text NOT NULL,
    buyer_id uuid,
    destination_country text NOT NULL,
    port_code text,
    exported_on date NOT NULL,
    incoterm text,
    documents jsonb DEFAULT '[]'::jsonb NOT NULL,
    lines jsonb NOT NULL,
    village_code text NOT NULL,
    quantity_kg numeric NOT NULL,
    fob_idr bigint NOT NULL,
    product_ids uuid[] NOT NULL,
    umkm_ids uuid[] NOT NULL,
    village_enterprise_ids uuid[] NOT NULL,
    evidence_grade text GENERATED ALWAYS AS (public.export_grade(documents)) STORED,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, exporter_name)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT export_exporter_nib__pattern CHECK ((exporter_nib ~ '^[0-9]{13}$'::text)),
    CONSTRAINT export_mode__enum CHECK ((mode = ANY (ARRAY['direct'::text, 'aggregator'::text, 'hand_carried_sample'::text]))),
    CONSTRAINT export_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[])))
);

ALTER TABLE ONLY public.export FORCE ROW LEVEL SECURITY;


--
-- Name: export_counts(public.export, uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_counts(e public.export, restricted uuid[]) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select e.status = 'verified' and e.mode <> 'hand_carried_sample' and e.deleted_at is null and not e.umkm_ids && restricted
$$;


--
-- Name: export_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.buyer_id is not null and (tg_op = 'INSERT' or new.buyer_id is distinct from old.buyer_id) then
    perform from buyer where id = new.buyer_id for key share;
  end if;
  if new.product_ids is not null and (tg_op = 'INSERT' or new.product_ids is distinct from old.product_ids) then
    perform from product where id = any (new.product_ids) for key share;
  end if;
  return new;
end
$$;


--
-- Name: export_lift(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_lift() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  lifted  boolean := tg_op = 'UPDATE' and export_lifts(old);
  lifts   boolean := export_lifts(new);
  product uuid;
begin
  if lifts = lifted then
    return null;
  end if;

  foreach product in array new.product_ids loop  -- in the order of ids, so that two exports never wait crosswise
    if lifts then
      perform product_market_lift(product, new.id, new.exported_on,
                                  format('%s %s (%s)', new.destination_country, new.exported_on, new.evidence_grade));
    else
      perform product_market_unlift(product, new.id, left(coalesce(new.status_note, new.status), 500));
    end if;
  end loop;
  return null;
end
$$;


--
-- Name: export_lifts(public.export); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_lifts(e public.export) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    AS $$
  select e.status = 'verified' and coalesce(e.evidence_grade in ('A', 'B'), false) and e.mode <> 'hand_carried_sample'
$$;


--
-- Name: export_products(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_products(ids uuid[]) RETURNS TABLE(id uuid, umkm_id uuid, village_enterprise_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return query
  select p.id, p.umkm_id, p.village_enterprise_id
    from product p
   where p.id = any (ids)
     and p.deleted_at is null
     and (claim_role() is null or claim_everywhere() or p.villages && claim_villages())
     and (claim_role() is distinct from 'system' or p.umkm_id is null or p.umkm_id <> all (umkm_restricted()));
end
$$;


--
-- Name: export_row(public.export); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_row(e public.export) RETURNS TABLE(id uuid, exporter_name text, exporter_nib text, mode text, buyer_id uuid, destination_country text, port_code text, exported_on date, incoterm text, documents json, lines json, quantity_kg text, fob_idr bigint, evidence_grade text, umkm_ids json, village_enterprise_ids json, village_code text, district_code text, warnings json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select e.id, e.exporter_name, e.exporter_nib, e.mode, e.buyer_id, e.destination_country, e.port_code, e.exported_on,
         e.incoterm,
         (select coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number, 'date', d.date, 'issuer', d.issuer)),
                          '[]')
            from jsonb_to_recordset(e.documents) as d (kind text, number text, date text, issuer text)),
         (select json_agg(json_build_object('product_id', l.product_id, 'hs_code', l.hs_code, 'hs_edition', l.hs_edition,
                                            'quantity_kg', l.quantity_kg, 'fob', l.fob, 'currency', l.currency, 'rate', l.rate,
                                            'fob_idr', l.fob_idr))
            from jsonb_to_recordset(e.lines) as l (product_id text, hs_code text, hs_edition text, quantity_kg text, fob text,
                                                   currency text, rate text, fob_idr bigint)),
         e.quantity_kg::text, e.fob_idr, e.evidence_grade, to_json(e.umkm_ids), to_json(e.village_enterprise_ids),
         e.village_code, e.district_code, w.warnings, e.status, e.status_note, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from export_warnings(e) w, allowed_actions('export', e.status, e.writers, e.village_code) a
$$;


--
-- Name: export_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_rows(ids uuid[]) RETURNS TABLE(id uuid, exporter_name text, exporter_nib text, mode text, buyer_id uuid, destination_country text, port_code text, exported_on date, incoterm text, documents json, lines json, quantity_kg text, fob_idr bigint, evidence_grade text, umkm_ids json, village_enterprise_ids json, village_code text, district_code text, warnings json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from export n where n.id = any ($1) offset 0) n, export_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: export_total_add(public.export, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_total_add(e public.export, sign integer) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  insert into export_total as t
  select extract(year from e.exported_on), left(l.hs_code, 2), e.destination_country, exporter_key(e.exporter_name),
         coalesce(e.exporter_nib, exporter_key(e.exporter_name)), sign, sign * sum(l.quantity_kg), sign * sum(l.fob_idr)
    from jsonb_to_recordset(e.lines) as l (hs_code text, quantity_kg numeric, fob_idr numeric)
   group by left(l.hs_code, 2)
   order by left(l.hs_code, 2)
      on conflict (year, exporter, business, country_code, hs_chapter) do update
     set shipments = t.shipments + excluded.shipments, quantity_kg = t.quantity_kg + excluded.quantity_kg,
         fob_idr = t.fob_idr + excluded.fob_idr;
  delete from export_total t
   where t.year = extract(year from e.exported_on)::integer
     and t.exporter = exporter_key(e.exporter_name)
     and t.shipments = 0;
end
$$;


--
-- Name: export_totals(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_totals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('export_total'));
  if tg_op = 'UPDATE' and export_counts(old, umkm_restricted()) then
    perform export_total_add(old, -1);
  end if;
  if export_counts(new, umkm_restricted()) then
    perform export_total_add(new, 1);
  end if;
  return null;
end
$$;


--
-- Name: export_totals_public(integer[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_totals_public(years integer[] DEFAULT NULL::integer[]) RETURNS TABLE(year integer, hs_chapter text, country_code text, suppressed boolean, exporters integer, shipments integer, quantity_kg numeric, fob_idr numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
begin
  return query
    with entry as (
         select *
           from export_total t
          where years is null
             or t.year = any (years)),
         counted as (
         select t.year, t.hs_chapter, t.country_code, exporters_counted(array_agg(t.exporter), array_agg(t.business)) as n
           from entry t
          group by t.year, t.hs_chapter, t.country_code),
         cell as (
         select c.year, c.hs_chapter, c.country_code, c.n < 3 as small,
                row_number() over (partition by c.year, c.n < 3 order by c.n, c.hs_chapter, c.country_code) as place
           from counted c),
         rest as (
         select t.year, exporters_counted(array_agg(t.exporter), array_agg(t.business)) as exporters
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
          where c.small
          group by t.year),
         told as (
         select t.*, c.small or c.place = 1 and coalesce(r.exporters < 3, false) as in_rest
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
                left join rest r on r.year = t.year),
         total as (
         select t.year, case when not t.in_rest then t.hs_chapter end as hs_chapter,
                case when not t.in_rest then t.country_code end as country_code,
                exporters_counted(array_agg(t.exporter), array_agg(t.business)) as exporters,
                sum(t.shipments)::integer as shipments, sum(t.quantity_kg) as quantity_kg, sum(t.fob_idr) as fob_idr
           from told t
          group by 1, 2, 3)
  select t.year, t.hs_chapter, t.country_code, t.exporters < 3, case when t.exporters >= 3 then t.exporters end,
         case when t.exporters >= 3 then t.shipments end, case when t.exporters >= 3 then t.quantity_kg end,
         case when t.exporters >= 3 then t.fob_idr end
    from total t;
end
$$;


--
-- Name: export_totals_restricted(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_totals_restricted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  others uuid[];
begin
  if new.processing_restricted is not distinct from (case when tg_op = 'UPDATE' then old.processing_restricted else false end) then
    return null;
  end if;

  perform pg_advisory_xact_lock(hashtext('export_total'));
  others := array_remove(umkm_restricted(), new.id);
  perform export_total_add(e, case when new.processing_restricted then -1 else 1 end)
     from export e
    where e.umkm_ids @> array[new.id]
      and export_counts(e, others);
  return null;
end
$$;


--
-- Name: export_valued(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_valued(lines jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select jsonb_agg(l.line || jsonb_build_object('fob_idr', round((l.line ->> 'fob')::numeric * (l.line ->> 'rate')::numeric))
                   order by l.position)
    from jsonb_array_elements(lines) with ordinality l (line, position)
$$;


--
-- Name: export_warnings(public.export); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.export_warnings(e public.export) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $_$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (select format('/documents/%s/number', d.position - 1), 'document_number',
                 d.document ->> 'number' !~ case d.document ->> 'kind'
                   when 'peb' then '^([0-9]{6}|[0-9]{4}30[0-9A-Z]{6}[0-9]{14})$'
                   when 'ska' then '^[A-Z0-9./-]{6,40}$'
                   else '' end
            from jsonb_array_elements(e.documents) with ordinality d (document, position)
           union all
          select format('/lines/%s/hs_code', l.position - 1), 'unlisted',
                 not exists (select
                               from reference c
                              where c.list = 'hs'
                                and c.edition = l.line ->> 'hs_edition'
                                and l.line ->> 'hs_code' like c.code || '%')
            from jsonb_array_elements(e.lines) with ordinality l (line, position)
           union all
          select '/documents', 'parcel_limit', e.quantity_kg > 30 and e.evidence_grade = 'A'
                                               and not e.documents @? '$[*].kind ? (@ == "peb")'
         ) as rule (pointer, code, doubtful)
$_$;


--
-- Name: exporter_key(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.exporter_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select regexp_replace(regexp_replace(upper(name), '^(PT|CV|UD|PD)[ .]+', ''), '[^[:alnum:]]', '', 'g')
$$;


--
-- Name: exporters_counted(text[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.exporters_counted(names text[], businesses text[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select least((select count(distinct n) from unnest(names) n), (select count(distinct b) from unnest(businesses) b))::integer
$$;


--
-- Name: flagship_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.product_id is not null and (tg_op = 'INSERT' or new.product_id is distinct from old.product_id) then
    perform from product where id = new.product_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: flagship_in_force(text, date, date, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_in_force(status text, valid_from date, valid_to date, day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select status in ('verified', 'published') and valid_from <= day and (valid_to is null or valid_to >= day)
$$;


--
-- Name: flagship; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.flagship (
    product_id uuid NOT NULL,
    decree_number text NOT NULL,
    decreed_on date NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT flagship_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT flagship_valid_to__before_start CHECK ((valid_to >= valid_from))
);

ALTER TABLE ONLY public.flagship FORCE ROW LEVEL SECURITY;


--
-- Name: flagship_row(public.flagship, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_row(f public.flagship, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, product_id uuid, village_code text, district_code text, decree_number text, decreed_on date, valid_from date, valid_to date, current boolean, village json, product json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select f.id, f.product_id, f.village_code, f.district_code, f.decree_number, f.decreed_on, f.valid_from, f.valid_to,
         flagship_in_force(f.status, f.valid_from, f.valid_to, today()),
         case when 'village' = any (expand) then (select b.brief from village_brief(f.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(f.product_id) b) end,
         w.warnings, f.status, f.status_note, c.brief, a.allowed_actions, f.version, f.source, f.created_at, f.created_by,
         f.updated_at, f.updated_by, f.verified_at, f.verified_by
    from flagship_warnings(f) w, change_request_brief(f.change_request) c,
         allowed_actions('flagship', f.status, f.writers, f.village_code, f.change_request) a
$$;


--
-- Name: flagship_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, product_id uuid, village_code text, district_code text, decree_number text, decreed_on date, valid_from date, valid_to date, current boolean, village json, product json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from flagship n where n.id = any ($1) offset 0) n, flagship_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: flagship_taken(public.flagship); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_taken(f public.flagship) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return exists (select
                   from flagship o
                  where o.id <> f.id
                    and o.village_code = f.village_code
                    and o.deleted_at is null
                    and o.status in ('verified', 'published')
                    and daterange(o.valid_from, o.valid_to, '[]') && daterange(f.valid_from, f.valid_to, '[]'));
end
$$;


--
-- Name: flagship_warnings(public.flagship); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.flagship_warnings(f public.flagship) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/valid_from', 'one_flagship', f.status in ('draft', 'needs_revision', 'submitted') and flagship_taken(f)),
      ('/product_id', 'unpublished', not exists (select from product p where p.id = f.product_id and p.status = 'published'))
    ) as rule (pointer, code, doubtful)
$$;


--
-- Name: follow(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.follow() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  moved jsonb := to_jsonb(new);
  one   uuid;
begin
  for one in execute format('select id from %I where %I = $1 and deleted_at is null order by id', tg_argv[0], tg_argv[1])
             using new.id loop
    perform set_config('app.applies', one::text, true);
    execute format('update %I set village_code = $1, villages = $2, %I = $3 where id = $4', tg_argv[0], tg_argv[2])
      using new.village_code, coalesce(jsonb_texts(moved -> 'villages'), array[new.village_code]),
            case when moved ? 'umkm_id' then (moved ->> 'umkm_id')::uuid else new.id end, one;
  end loop;
  perform set_config('app.applies', '', true);
  return null;
end
$_$;


--
-- Name: force_policies(text[]); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.force_policies(VARIADIC tables text[])
    LANGUAGE plpgsql
    AS $$
declare
  t text;
begin
  foreach t in array tables loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end
$$;


--
-- Name: forget(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.forget() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  return jsonb_populate_record(new, tg_argv[0]::jsonb);
end
$$;


--
-- Name: forget_due(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.forget_due() RETURNS bigint
    LANGUAGE sql
    AS $$
  select count(forget_record(d.resource, d.record_id))
    from (select p.resource, p.record_id from personal_record p where p.due < today() order by p.due limit 100) d
$$;


--
-- Name: forget_record(text, uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.forget_record(resource text, record_id uuid) RETURNS text[]
    LANGUAGE plpgsql
    AS $_$
#variable_conflict use_variable
declare
  kept    personal_data := (select k from personal_data k where k.resource = resource);
  held    text[] := (select p.members from personal_record p where p.resource = resource and p.record_id = record_id);
  columns text := (select string_agg(quote_ident(f), ', ') from jsonb_object_keys(kept.forgotten) f);
begin
  perform set_config('app.applies', record_id::text, true), set_config('app.forgets', 'on', true);
  execute format('update %1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, $1))', kept.table_name, columns)
          || case when exists (select from pg_attribute
                                where attrelid = kept.table_name::regclass and attname = 'change_request')
                  then ', change_request = case when not (t.change_request).patch ?| $2 then t.change_request end' else '' end
          || ' where t.id = $3 and t.deleted_at is null'
    using kept.forgotten, array(select jsonb_object_keys(kept.forgotten)), record_id;
  perform set_config('app.applies', '', true), set_config('app.forgets', '', true);

  update idempotency_key i
     set reply = (i.reply::jsonb || (select jsonb_object_agg(f.key, f.value)
                                       from jsonb_each(kept.forgotten) f
                                      where i.reply::jsonb ? f.key))::json
   where i.reply ->> 'id' = record_id::text
     and not exists (select from pg_trigger where tgrelid = kept.table_name::regclass and tgname = 'part_written')
     and i.reply::jsonb ?| array(select jsonb_object_keys(kept.forgotten));
  return held;
end
$_$;


--
-- Name: grant_login(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.grant_login(login text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter role %I noinherit', login);
  execute format('grant ovop_public, ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system, ovop_admin, ovop_engine to %I', login);
  execute format('grant connect on database %I to %I', current_database(), login);
  execute format('grant usage on schema public to %I', login);
  -- Called in the statement that sets the claims, before the role is set.
  execute format('grant execute on function idempotency_claim(text, text, text), idempotency_replay(text, text) to %I', login);

  if to_regclass('public.schema_migrations') is not null then
    execute format('grant select on schema_migrations to %I', login);
  end if;
end
$$;


--
-- Name: hold_parents(); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.hold_parents()
    LANGUAGE plpgsql
    SET client_min_messages TO 'warning'
    AS $_$
declare
  child record;
begin
  for child in
    select a.words[1] as name, bool_or(a.words[2] like '%\_ids') as computed,
           string_agg(format($body$
  if new.%2$I is not null and (tg_op = 'INSERT' or new.%2$I is distinct from old.%2$I) then
    perform from %1$I where id = %3$s for key share;
  end if;$body$, t.tgrelid::regclass, a.words[2],
                             format(case when a.words[2] like '%\_ids' then 'any (new.%I)' else 'new.%I' end, a.words[2])),
                      '' order by t.tgrelid::regclass::text, a.words[2]) as locks
      from pg_trigger t,
           lateral (select string_to_array(encode(t.tgargs, 'escape'), '\000') as words) a
     where t.tgfoid = 'refuse_in_use'::regproc
     group by 1
  loop
    execute format('create or replace function %I() returns trigger language plpgsql security definer'
                   ' set search_path = public, pg_temp as %L', child.name || '_hold', format(E'\nbegin%s\n  return new;\nend\n', child.locks));
    execute format('create or replace trigger %I before insert or update on %I for each row execute function %I()',
                   case when child.computed then 'computed_hold' else 'child_hold' end, child.name, child.name || '_hold');
  end loop;
end
$_$;


--
-- Name: housekeep(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.housekeep() RETURNS json
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  seal     audit_seal;
  keys     bigint;
  tokens   bigint;
  attempts bigint;
  persons  bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('housekeep')) then
    return null;
  end if;

  seal := audit_seal_next();

  delete from idempotency_key where created_at < now() - interval '48 hours';
  get diagnostics keys = row_count;

  -- A used token is kept until it would have expired: its reuse must be noticed.
  delete from refresh_token where expires_at < now();
  get diagnostics tokens = row_count;
  delete from refresh_family f where not exists (select from refresh_token t where t.family = f.id);

  -- An address somebody logged in from stays known for a quarter of a year.
  delete
    from login_throttle
   where last_at < now() - interval '1 day'
     and coalesce(succeeded_at < now() - interval '90 days', true);
  get diagnostics attempts = row_count;

  persons := forget_due();

  return json_build_object(
    'seal', case
              when seal.id is not null
              then json_build_object('id', seal.id, 'first_id', seal.first_id, 'last_id', seal.last_id, 'digest', seal.digest)
            end,
    'idempotency_keys', keys, 'refresh_tokens', tokens, 'login_attempts', attempts,
    'persons_forgotten', persons);
end
$$;


--
-- Name: idempotency_claim(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.idempotency_claim(principal text, key text, hash text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  claimed boolean;
begin
  if key is null then
    return;
  end if;

  insert into idempotency_key as k (principal, key, hash)
  values (principal, key, hash)
      on conflict on constraint idempotency_key_pkey do update
     set hash = excluded.hash, created_at = excluded.created_at
   where k.reply is null
  returning true into claimed;

  if claimed then
    perform set_config('app.idempotency', jsonb_build_array(principal, key)::text, true);
  elsif exists (select from idempotency_key k where k.principal = principal and k.key = key and k.hash = hash) then
    raise exception 'idempotency_replay' using errcode = 'PT208';
  else
    raise exception 'idempotency_key_reused' using errcode = 'PT422';
  end if;
end
$$;


--
-- Name: idempotency_keep(json); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.idempotency_keep(reply json) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  claim jsonb := nullif(current_setting('app.idempotency', true), '');
begin
  if claim is not null then
    update idempotency_key k
       set reply = reply
     where k.principal = claim ->> 0
       and k.key = claim ->> 1;
  end if;
end
$$;


--
-- Name: idempotency_replay(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.idempotency_replay(principal text, key text) RETURNS json
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  return (select k.reply from idempotency_key k where k.principal = principal and k.key = key);
end
$$;


--
-- Name: in_scope(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.in_scope(village_code text) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select claim_everywhere() or village_code = any (claim_villages())
$$;


--
-- Name: keep_personal(text, jsonb, text, text); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.keep_personal(IN table_name text, IN forgotten jsonb, IN umkm_id text DEFAULT NULL::text, IN ends_at text DEFAULT NULL::text)
    LANGUAGE plpgsql
    AS $_$
#variable_conflict use_variable
declare
  kept      personal_data;
  requested boolean := exists (select from pg_attribute where attrelid = table_name::regclass and attname = 'change_request');
begin
  insert into personal_data as k values (table_name, table_name, forgotten, umkm_id, ends_at) returning k into kept;
  execute format('create trigger forget before update on %I for each row when (new.deleted_at is not null)'
                 ' execute function forget(%L)', table_name,
                 forgotten || case when requested then '{"change_request": null}' else '{}' end::jsonb);
  execute format('create trigger personal_record after insert or update on %I'
                 ' for each row execute function personal_record_kept()', table_name);
  execute format('select personal_record_keep($1, to_jsonb(t)) from %I t', table_name) using kept;
end
$_$;


--
-- Name: kept_actions(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.kept_actions(resource text, village_code text) RETURNS TABLE(allowed_actions json)
    LANGUAGE sql STABLE
    AS $$
  select case when ((select claim_everywhere()) or village_code = any ((select claim_villages())::text[]))
                   and exists (select
                                 from resource r
                                where r.name = kept_actions.resource
                                  and claim_role() = any (r.writers)
                                  and (claim_role() <> 'system' or claim_scope(r.write_scope)))
              then '["update", "delete"]'
              else '[]'
         end::json
$$;


--
-- Name: list_rows(text[]); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.list_rows(VARIADIC nouns text[])
    LANGUAGE plpgsql
    AS $_$
declare
  noun    text;
  one     pg_proc;
  expands boolean;
begin
  foreach noun in array nouns loop
    select * into strict one from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = noun || '_row';
    expands := one.pronargs = 2;
    execute format($ddl$
      create function %I(ids uuid[]%s) returns %s
      language plpgsql stable set plan_cache_mode = force_generic_plan as $rows$
      begin
        return query
        select r.*
          from (select n.* from %I n where n.id = any ($1) offset 0) n, %I(n%s) r
         order by array_position($1, n.id);
      end
      $rows$
      $ddl$, noun || '_rows', case when expands then ', expand text[]' else '' end, pg_get_function_result(one.oid),
      noun, one.proname, case when expands then ', $2' else '' end);
    execute (select format('grant execute on function %I to %s', noun || '_rows', string_agg(a.grantee::regrole::text, ', '))
               from aclexplode(one.proacl) a
              where a.grantee not in (0, one.proowner));
  end loop;
end
$_$;


--
-- Name: map_url(numeric, numeric); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.map_url(latitude numeric, longitude numeric) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $_$
  select format('https://www.openstreetmap.org/?mlat=%1$s&mlon=%2$s#map=14/%1$s/%2$s', latitude, longitude)
$_$;


--
-- Name: market_reach_on(public.product, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.market_reach_on(p public.product, day date) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select case
           when p.market_reached_on is null or p.market_reached_on <= day then p.market_reach
           else (select s.level from market_steps_effective(p.market_steps) s where s.reached_on <= day limit 1)
         end
$$;


--
-- Name: market_steps_effective(public.market_step[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.market_steps_effective(steps public.market_step[]) RETURNS SETOF public.market_step
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select s.*
    from unnest(steps) s
   where s.reverses is null
     and not exists (select from unnest(steps) r where r.reverses = s.id)
   order by array_position('{local,district,province,national,international}', s.level) desc, s.reached_on, s.id
$$;


--
-- Name: mentoring_action_item_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_action_item_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.session_id is not null and (tg_op = 'INSERT' or new.session_id is distinct from old.session_id) then
    perform from mentoring_session where id = new.session_id for key share;
  end if;
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: mentoring_action_item; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mentoring_action_item (
    session_id uuid NOT NULL,
    umkm_id uuid,
    task text NOT NULL,
    owner text NOT NULL,
    due_on date NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    closed_on date,
    note text,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    CONSTRAINT mentoring_action_item_closed_on__together CHECK (((closed_on IS NULL) = (state = 'open'::text))),
    CONSTRAINT mentoring_action_item_owner__enum CHECK ((owner = ANY (ARRAY['umkm'::text, 'village_enterprise'::text, 'village'::text, 'dinas'::text, 'mentor'::text, 'other'::text]))),
    CONSTRAINT mentoring_action_item_state__enum CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.mentoring_action_item FORCE ROW LEVEL SECURITY;


--
-- Name: mentoring_action_item_row(public.mentoring_action_item); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_action_item_row(i public.mentoring_action_item) RETURNS TABLE(id uuid, session_id uuid, umkm_id uuid, task text, owner text, due_on date, state text, overdue boolean, closed_on date, note text, village_code text, district_code text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select i.id, i.session_id, i.umkm_id, i.task, i.owner, i.due_on, i.state, i.state = 'open' and i.due_on < today(),
         i.closed_on, i.note, i.village_code, i.district_code, a.allowed_actions, i.version, i.source, i.created_at,
         i.created_by, i.updated_at, i.updated_by
    from kept_actions('mentoring_action_item', i.village_code) a
$$;


--
-- Name: mentoring_action_item_rows(uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_action_item_rows(ids uuid[]) RETURNS TABLE(id uuid, session_id uuid, umkm_id uuid, task text, owner text, due_on date, state text, overdue boolean, closed_on date, note text, village_code text, district_code text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from mentoring_action_item n where n.id = any ($1) offset 0) n, mentoring_action_item_row(n) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: mentoring_action_item_session(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_action_item_session() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select from mentoring_session s where s.id = new.session_id and s.deleted_at is not null) then
    perform refuse('not_found');
  end if;
  return new;
end
$$;


--
-- Name: mentoring_mentor_row(public.mentoring_session); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_mentor_row(s public.mentoring_session) RETURNS TABLE(name text, phone text, organisation text, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select (s.mentor_name).mask, (s.mentor_phone).mask, s.mentor_organisation, s.version, s.updated_at, s.updated_by
$$;


--
-- Name: mentoring_participant_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_participant_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.session_id is not null and (tg_op = 'INSERT' or new.session_id is distinct from old.session_id) then
    perform from mentoring_session where id = new.session_id for key share;
  end if;
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: mentoring_participant_row(public.mentoring_participant); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_participant_row(p public.mentoring_participant) RETURNS TABLE(id uuid, session_id uuid, umkm_id uuid, umkm_name text, village_code text, attended boolean, pre_score integer, post_score integer, note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.session_id, p.umkm_id, u.name, p.village_code, p.attended, p.pre_score, p.post_score, p.note,
         case
           when s.status = 'cancelled' or claim_role() = 'bumdes' and s.status is distinct from 'planned' then '[]'
           when claim_role() = 'bumdes' then (a.allowed_actions::jsonb - 'update')::json
           else a.allowed_actions
         end,
         p.version, p.source, p.created_at, p.created_by, p.updated_at, p.updated_by
    from umkm u
         left join mentoring_session s on s.id = p.session_id
         cross join kept_actions('mentoring_participant', p.village_code) a
   where u.id = p.umkm_id
$$;


--
-- Name: mentoring_participant_seat(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_participant_seat() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
declare
  s mentoring_session;
begin
  if not claims_given() or tg_op = 'UPDATE' and new.village_code <> old.village_code then  -- it follows its UMKM
    return new;
  end if;

  if claim_role() = 'bumdes' and tg_op = 'UPDATE' and new.deleted_at is null then
    perform refuse('forbidden');
  end if;
  select * into s from mentoring_session where id = new.session_id for no key update;
  if s.deleted_at is not null then  -- while this one waited
    perform refuse('not_found');
  end if;
  if s.status <> 'planned' and (s.status <> 'held' or claim_role() <> 'dinas') then
    perform refuse('state_conflict', violation('', 'session_closed'));
  end if;
  if tg_op = 'INSERT' and seats_taken(s.id) >= s.capacity then
    perform refuse('state_conflict', violation('', 'session_full'));
  end if;
  if num_nonnulls(new.attended, new.pre_score, new.post_score) > 0 and s.status <> 'held' then
    perform refuse('state_conflict', violation('', 'not_held'));
  end if;
  return new;
end
$$;


--
-- Name: mentoring_session_begun(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_session_begun() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if new.starts_at > now() then
    perform refuse('state_conflict', violation('/starts_at', 'future'));
  end if;
  return new;
end
$$;


--
-- Name: mentoring_session_brief(public.mentoring_session); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_session_brief(s public.mentoring_session) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('id', s.id, 'kind', s.kind, 'title', s.title, 'place', s.place, 'village_code', s.village_code,
                           'status', s.status)
$$;


--
-- Name: mentoring_session_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_session_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.program_id is not null and (tg_op = 'INSERT' or new.program_id is distinct from old.program_id) then
    perform from training_program where id = new.program_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: mentoring_session_row(public.mentoring_session, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_session_row(s public.mentoring_session, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, program_id uuid, kind text, topic text, title text, place text, starts_at timestamp with time zone, ends_at timestamp with time zone, capacity integer, seats_taken integer, mentor_name text, mentor_organisation text, diagnosis text, notes text, village_code text, villages json, program json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select s.id, s.program_id, s.kind, s.topic, s.title, s.place, s.starts_at, s.ends_at, s.capacity, seats_taken(s.id),
         (s.mentor_name).mask, s.mentor_organisation, s.diagnosis, s.notes, s.village_code, to_json(s.villages),
         case when 'program' = any (expand) then (select b.brief from training_program_brief(s.program_id) b) end,
         s.status, s.status_note, a.allowed_actions, s.version, s.source, s.created_at, s.created_by, s.updated_at, s.updated_by
    from allowed_actions('mentoring_session', s.status, s.writers, s.village_code) a
$$;


--
-- Name: mentoring_session_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.mentoring_session_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, program_id uuid, kind text, topic text, title text, place text, starts_at timestamp with time zone, ends_at timestamp with time zone, capacity integer, seats_taken integer, mentor_name text, mentor_organisation text, diagnosis text, notes text, village_code text, villages json, program json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from mentoring_session n where n.id = any ($1) offset 0) n, mentoring_session_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: narrowed(text, text[], jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.narrowed(q text, villages text[], claims jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select coalesce(q, villages::text,
                  case when jsonb_array_length(claims -> 'villages') <= 10 and not claims -> 'villages' ? 'district'
                       then claims ->> 'villages'
                  end)
$$;


--
-- Name: outcome_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcome_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: outcome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcome (
    umkm_id uuid NOT NULL,
    session_id uuid,
    program_id uuid,
    kind text NOT NULL,
    description text,
    observed_on date NOT NULL,
    value_before numeric,
    value_after numeric,
    unit text,
    evidence jsonb DEFAULT '[]'::jsonb NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, COALESCE(description, ''::text))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT outcome_kind__enum CHECK ((kind = ANY (ARRAY['nib_issued'::text, 'pirt_issued'::text, 'halal_issued'::text, 'bpom_issued'::text, 'trademark'::text, 'packaging'::text, 'branding'::text, 'new_product'::text, 'price_rise'::text, 'sales_rise'::text, 'new_market'::text, 'online_sales'::text, 'first_export'::text, 'finance'::text, 'workers_hired'::text, 'class_up'::text, 'other'::text]))),
    CONSTRAINT outcome_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[]))),
    CONSTRAINT outcome_unit__enum CHECK ((unit = ANY (ARRAY['idr'::text, 'kg'::text, 'l'::text, 'piece'::text, 'pack'::text, 'person'::text, 'percent'::text, 'count'::text]))),
    CONSTRAINT outcome_value_after__range CHECK ((value_after >= (0)::numeric)),
    CONSTRAINT outcome_value_before__range CHECK ((value_before >= (0)::numeric))
);

ALTER TABLE ONLY public.outcome FORCE ROW LEVEL SECURITY;


--
-- Name: outcome_mentored_on(public.outcome); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcome_mentored_on(o public.outcome) RETURNS date
    LANGUAGE sql STABLE
    AS $$
  select day_of(min(s.starts_at))
    from mentoring_participant p
         join mentoring_session s on s.id = p.session_id
   where p.umkm_id = o.umkm_id
     and p.attended
     and p.deleted_at is null
     and (s.id = o.session_id or s.program_id = o.program_id)
$$;


--
-- Name: outcome_row(public.outcome, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcome_row(o public.outcome, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, umkm_id uuid, session_id uuid, program_id uuid, kind text, description text, observed_on date, value_before text, value_after text, unit text, evidence json, village_code text, district_code text, umkm json, session json, program json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select o.id, o.umkm_id, o.session_id, o.program_id, o.kind, o.description, o.observed_on, o.value_before::text,
         o.value_after::text, o.unit,
         (select coalesce(json_agg(json_build_object('kind', e.kind, 'number', e.number, 'date', e.date, 'issuer', e.issuer)),
                          '[]')
            from jsonb_to_recordset(o.evidence) as e (kind text, number text, date text, issuer text)),
         o.village_code, o.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(o.umkm_id) b) end,
         case when 'session' = any (expand)
              then (select b.brief from mentoring_session s, mentoring_session_brief(s) b where s.id = o.session_id) end,
         case when 'program' = any (expand) then (select b.brief from training_program_brief(o.program_id) b) end,
         o.status, o.status_note, a.allowed_actions, o.version, o.source, o.created_at, o.created_by, o.updated_at,
         o.updated_by, o.verified_at, o.verified_by
    from allowed_actions('outcome', o.status, o.writers, o.village_code) a
$$;


--
-- Name: outcome_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcome_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, umkm_id uuid, session_id uuid, program_id uuid, kind text, description text, observed_on date, value_before text, value_after text, unit text, evidence json, village_code text, district_code text, umkm json, session json, program json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from outcome n where n.id = any ($1) offset 0) n, outcome_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: outcome_still_mentored(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.outcome_still_mentored() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if exists (select
               from mentoring_participant p
                    join outcome o on o.umkm_id = p.umkm_id
              where p.session_id = (to_jsonb(new) ->> tg_argv[0])::uuid
                and o.deleted_at is null
                and o.status not in ('rejected', 'archived')
                and (o.observed_on >= outcome_mentored_on(o)) is not true) then
    perform refuse('state_conflict', violation('/id', 'in_use'));
  end if;
  return null;
end
$$;


--
-- Name: part_written(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.part_written() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  record_id uuid := to_jsonb(new) ->> coalesce(tg_argv[1], 'id');
begin
  if not claims_given() or tg_op = 'UPDATE' and new.village_code <> old.village_code then  -- it follows its record
    return null;
  end if;

  perform set_config('app.applies', record_id::text, true);
  execute format('update %I set writers = array(select unnest(writers) union select claim_subject())'
                 ' where id = $1 and deleted_at is null', tg_argv[0]) using record_id;
  perform set_config('app.applies', '', true);
  return null;
end
$_$;


--
-- Name: personal_reads(text, uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.personal_reads(resource text, record_id uuid) RETURNS TABLE(id bigint, at timestamp with time zone, subject uuid, role text, operation text, members json, purpose text, request_id text)
    LANGUAGE sql STABLE
    AS $$
  select l.id, l.at, l.subject, l.role, l.operation, to_json(l.members), l.purpose, l.request_id
    from personal_read l
   where l.resource = personal_reads.resource
     and l.record_id = personal_reads.record_id
$$;


--
-- Name: personal_data; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.personal_data (
    table_name text NOT NULL,
    resource text NOT NULL,
    forgotten jsonb NOT NULL,
    umkm_column text,
    ends_column text
);


--
-- Name: personal_record_keep(public.personal_data, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.personal_record_keep(kept public.personal_data, record jsonb) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  members text[] := array(select f.key
                            from jsonb_each(kept.forgotten) f
                           where record -> f.key <> f.value
                              or record #> '{change_request,patch}' ? f.key
                           order by f.key);
  ended   date := case
                    when kept.ends_column is null then umkm_ended((record ->> kept.umkm_column)::uuid)
                    else day_of((record ->> kept.ends_column)::timestamptz)
                  end;
begin
  if members = '{}' or record ->> 'deleted_at' is not null then
    delete from personal_record p where p.resource = kept.resource and p.record_id = (record ->> 'id')::uuid;
    return;
  end if;

  insert into personal_record (resource, record_id, umkm_id, village_code, members, hashes, ended_on, retention_until)
  values (kept.resource, (record ->> 'id')::uuid, (record ->> kept.umkm_column)::uuid, record ->> 'village_code', members,
          array(select record -> m ->> 'hash' from unnest(members) m where record -> m ? 'hash'), ended,
          retained_until(kept.resource, ended))
      on conflict (resource, record_id) do update
     set umkm_id = excluded.umkm_id, village_code = excluded.village_code, members = excluded.members, hashes = excluded.hashes,
         ended_on = excluded.ended_on, retention_until = excluded.retention_until;
end
$$;


--
-- Name: personal_record_kept(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.personal_record_kept() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  perform personal_record_keep(k, to_jsonb(new)) from personal_data k where k.table_name = tg_table_name;
  return null;
end
$$;


--
-- Name: personal_record; Type: TABLE; Schema: public; Owner: -
--

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


--
-- Name: personal_record_row(public.personal_record); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.personal_record_row(p public.personal_record) RETURNS TABLE(id uuid, resource text, record_id uuid, umkm_id uuid, village_code text, district_code text, members json, legal_basis text, processing_restricted boolean, ended_on date, retention_until date)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.resource, p.record_id, p.umkm_id, p.village_code, p.district_code, to_json(p.members), c.legal_basis,
         c.processing_restricted is true, p.ended_on, p.retention_until
    from (select) one
         left join umkm_consent c on c.id = p.umkm_id
$$;


--
-- Name: potential_step(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.potential_step(stage text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select array_position('{identified,assessed,piloted,product}', stage)
$$;


--
-- Name: product_brief(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_brief(id uuid) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('id', p.id, 'name_id', p.name_id, 'name_en', p.name_en, 'category', p.category)
    from product p
   where p.id = product_brief.id
$$;


--
-- Name: product_contact(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_contact(umkm_id uuid) RETURNS TABLE(contact json)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return query
  select coalesce(u.contact, public_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links))
    from (select) one
         left join dinas_contact d on true
         left join umkm_public(product_contact.umkm_id) u on true;
end
$$;


--
-- Name: product_documents(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_documents(product_id uuid) RETURNS text[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return array(select 'nib'
                 from product p
                      join umkm u on u.id = p.umkm_id
                where p.id = product_documents.product_id
                  and u.nib is not null
                  and u.status in ('verified', 'published')
                union
               select c.kind
                 from product p
                      join certification c on c.product_id = p.id or c.umkm_id = p.umkm_id
                where p.id = product_documents.product_id
                  and c.ends_on >= today()
                  and c.status in ('verified', 'published')
                  and c.deleted_at is null);
end
$$;


--
-- Name: product_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  if new.village_enterprise_id is not null and (tg_op = 'INSERT' or new.village_enterprise_id is distinct from old.village_enterprise_id) then
    perform from village_enterprise where id = new.village_enterprise_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: product_market_lift(uuid, uuid, date, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text) RETURNS void
    LANGUAGE sql
    AS $$
  select product_market_step_add(product_id,
    row(uuid_v7(), 'international', reached_on, evidence, export_id, null, now(), claim_subject())::market_step)
$$;


--
-- Name: product_market_step_add(uuid, public.market_step); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_market_step_add(product_id uuid, step public.market_step) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
  perform set_config('app.applies', product_id::text, true), set_config('app.steps', product_id::text, true);
  update product p
     set market_steps = p.market_steps || step,
         change_request = case when (p.change_request).patch ? 'market_steps'
                               then jsonb_populate_record(p.change_request, jsonb_build_object('patch',
                                      jsonb_set((p.change_request).patch, '{market_steps}',
                                                (p.change_request).patch -> 'market_steps' || to_jsonb(step))))
                               else p.change_request
                          end
   where p.id = product_id
     and p.deleted_at is null;
  perform set_config('app.applies', '', true), set_config('app.steps', '', true);
end
$$;


--
-- Name: product_market_step_row(public.product); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_market_step_row(p public.product) RETURNS TABLE(id uuid, level text, reached_on date, evidence text, export_id uuid, reverses uuid, state text, created_at timestamp with time zone, created_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select s.id, s.level, s.reached_on, s.evidence, s.export_id, s.reverses,
         case
           when not exists (select from unnest(p.market_steps) m where m.id = s.id) then 'pending'
           when s.reverses is not null then 'reversing'
           when exists (select from unnest(p.market_steps) m where m.reverses = s.id) then 'reversed'
           else 'effective'
         end,
         s.created_at, s.created_by
    from (select m.* from unnest(p.market_steps) m
           union
          select m.*
            from jsonb_populate_recordset(null::market_step, (p.change_request).patch -> 'market_steps') m
           where (p.change_request).status = 'open') s
$$;


--
-- Name: product_market_unlift(uuid, uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_market_unlift(product_id uuid, export_id uuid, evidence text) RETURNS void
    LANGUAGE sql
    AS $$
  select product_market_step_add(p.id,
           row(uuid_v7(), s.level, today(), product_market_unlift.evidence, s.export_id, s.id, now(),
               claim_subject())::market_step)
    from product p, market_steps_effective(p.market_steps) s
   where p.id = product_id
     and s.export_id = product_market_unlift.export_id
$$;


--
-- Name: product_row(public.product, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_row(p public.product, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer, shelf_life_days integer, umkm_id uuid, village_enterprise_id uuid, village_code text, villages json, market_reach text, market_reached_on date, village json, producer json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, p.hs_code, p.hs_edition, p.price_min_idr,
         p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days, p.umkm_id, p.village_enterprise_id,
         p.village_code, to_json(p.villages), p.market_reach, p.market_reached_on,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case when 'producer' = any (expand)
              then (select json_build_object('id', m.id, 'kind', m.kind, 'name', m.name, 'village_code', m.village_code)
                      from (select u.id, 'umkm', u.name, u.village_code from umkm u where u.id = p.umkm_id
                             union all
                            select e.id, 'village_enterprise', e.name, e.village_code
                              from village_enterprise e
                             where e.id = p.village_enterprise_id) m (id, kind, name, village_code)) end,
         w.warnings, p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source,
         p.created_at, p.created_by, p.updated_at, p.updated_by, p.verified_at, p.verified_by
    from product_warnings(p) w, change_request_brief(p.change_request) c,
         allowed_actions('product', p.status, p.writers, p.village_code, p.change_request) a
$$;


--
-- Name: product_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer, shelf_life_days integer, umkm_id uuid, village_enterprise_id uuid, village_code text, villages json, market_reach text, market_reached_on date, village json, producer json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from product n where n.id = any ($1) offset 0) n, product_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: product_warnings(public.product); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.product_warnings(p public.product) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/hs_edition', 'superseded', exists (select from reference c
                                             where c.list = 'hs' and c.code = p.hs_code and c.edition = p.hs_edition
                                               and c.valid_to < today())),
      ('/hs_code', 'hs_heading', length(p.hs_code) < 8),
      ('/name_en', 'untranslated', p.name_en is null and p.market_reach = 'international')
    ) as rule (pointer, code, doubtful)
$$;


--
-- Name: production_report_correct(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.production_report_correct() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  was   change_request := old.change_request;
  asked change_request := new.change_request;
begin
  if asked.status = 'open' and asked.id is distinct from was.id then
    if asked.patch - 'reason' = '{}' then
      return old;
    end if;
    if not asked.patch ? 'reason' then
      perform refuse('validation_failed', violation('/reason', 'required'));
    end if;
  elsif asked.status = 'verified' and was.status = 'open' then
    asked.note := was.patch ->> 'reason';
    asked.patch := (select jsonb_object_agg(p.key, jsonb_build_array(to_jsonb(old) -> p.key, p.value))
                      from jsonb_each(was.patch - 'reason') p);
    new.corrections := old.corrections || asked;
  end if;
  new.reason := null;
  return new;
end
$$;


--
-- Name: production_report_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.production_report_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.product_id is not null and (tg_op = 'INSERT' or new.product_id is distinct from old.product_id) then
    perform from product where id = new.product_id for key share;
  end if;
  if new.umkm_id is not null and (tg_op = 'INSERT' or new.umkm_id is distinct from old.umkm_id) then
    perform from umkm where id = new.umkm_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: production_report; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.production_report (
    umkm_id uuid NOT NULL,
    product_id uuid,
    month text NOT NULL,
    volume numeric,
    unit text,
    turnover_idr bigint,
    workers_male integer,
    workers_female integer,
    reason text,
    corrections public.change_request[] DEFAULT '{}'::public.change_request[] NOT NULL,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    workers_total integer GENERATED ALWAYS AS ((workers_male + workers_female)) STORED,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT production_report_month__pattern CHECK ((month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'::text)),
    CONSTRAINT production_report_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,rejected,submitted,verified}'::text[]))),
    CONSTRAINT production_report_turnover_idr__range CHECK ((turnover_idr >= 0)),
    CONSTRAINT production_report_unit__enum CHECK ((unit = ANY (ARRAY['kg'::text, 'g'::text, 'l'::text, 'ml'::text, 'm'::text, 'piece'::text, 'pack'::text, 'bottle'::text, 'jar'::text, 'box'::text, 'set'::text, 'sheet'::text, 'head'::text, 'visit'::text, 'other'::text]))),
    CONSTRAINT production_report_volume__range CHECK ((volume >= (0)::numeric)),
    CONSTRAINT production_report_workers_female__range CHECK ((workers_female >= 0)),
    CONSTRAINT production_report_workers_male__range CHECK ((workers_male >= 0))
)
WITH (autovacuum_vacuum_scale_factor='0.05', autovacuum_vacuum_insert_scale_factor='0.05');

ALTER TABLE ONLY public.production_report FORCE ROW LEVEL SECURITY;


--
-- Name: production_report_row(public.production_report, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.production_report_row(r public.production_report, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, umkm_id uuid, product_id uuid, month text, volume text, unit text, turnover_idr bigint, workers_male integer, workers_female integer, workers_total integer, corrections json, village_code text, district_code text, umkm json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select r.id, r.umkm_id, r.product_id, r.month, r.volume::text, r.unit, r.turnover_idr, r.workers_male, r.workers_female,
         r.workers_total,
         (select coalesce(json_agg(json_build_object(
                            'id', c.id, 'reason', c.note,
                            'changes', (select json_agg(json_build_object('member', m.key, 'old', m.value ->> 0,
                                                                          'new', m.value ->> 1) order by m.key)
                                          from jsonb_each(c.patch) m),
                            'requested_at', utc_text(c.requested_at), 'requested_by', c.requested_by,
                            'verified_at', utc_text(c.decided_at), 'verified_by', c.decided_by) order by c.position), '[]')
            from unnest(r.corrections) with ordinality c (id, status, patch, note, requested_at, requested_by, decided_at,
                                                          decided_by, position)),
         r.village_code, r.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(r.umkm_id) b) end,
         w.warnings, r.status, r.status_note, c.brief, a.allowed_actions, r.version, r.source, r.created_at, r.created_by,
         r.updated_at, r.updated_by, r.verified_at, r.verified_by
    from production_report_warnings(r) w, change_request_brief(r.change_request) c,
         allowed_actions('production_report', r.status, r.writers, r.village_code, r.change_request) a
$$;


--
-- Name: production_report_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.production_report_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, umkm_id uuid, product_id uuid, month text, volume text, unit text, turnover_idr bigint, workers_male integer, workers_female integer, workers_total integer, corrections json, village_code text, district_code text, umkm json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from production_report n where n.id = any ($1) offset 0) n, production_report_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: production_report_warnings(public.production_report); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.production_report_warnings(r public.production_report) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/turnover_idr', 'turnover_jump', (select r.turnover_idr not between b.turnover_idr / 10 and b.turnover_idr * 10
                                            from production_report b
                                           where b.umkm_id = r.umkm_id
                                             and b.month < r.month
                                             and b.turnover_idr > 0
                                             and b.status not in ('rejected', 'archived')
                                             and b.deleted_at is null
                                           order by b.month desc
                                           limit 1)),
      ('/unit', 'unit_differs', exists (select from product p where p.id = r.product_id and p.unit <> r.unit))
    ) as rule (pointer, code, doubtful)
$$;


--
-- Name: public_contact(text, text, text, text, text, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.public_contact(whose text, name text, phone text, whatsapp text, email text, links text[]) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select json_build_object('of', whose, 'name', name, 'phone', phone, 'whatsapp', whatsapp, 'email', email, 'links', links)
$$;


--
-- Name: record_history(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.record_history(resource text, record_id text, member text DEFAULT NULL::text) RETURNS TABLE(id bigint, at timestamp with time zone, subject uuid, role text, action text, request_id text, changes json)
    LANGUAGE sql STABLE
    AS $$
  select l.id, l.at, l.subject, l.role, l.action, l.request_id,
         (select coalesce(json_agg(json_build_object('member', c.key, 'old', c.value ->> 0, 'new', c.value ->> 1,
                                                     'personal', c.value = 'null') order by c.key), '[]')
            from jsonb_each(l.changes) c
           where record_history.member is null
              or c.key = record_history.member)
    from audit_log l
   where l.resource = record_history.resource
     and l.record_id = record_history.record_id
     and (record_history.member is null or l.changes ? record_history.member)
$$;


--
-- Name: reference_row(public.reference); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.reference_row(r public.reference) RETURNS TABLE(id uuid, list text, code text, edition text, name_id text, name_en text, valid_from date, valid_to date, alpha3 text, minor_units integer, sea_only boolean, country_code text, customs_code text, equivalent_code text, unit text, figure text, version integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select r.id, r.list, r.code, r.edition, r.name_id, r.name_en, r.valid_from, r.valid_to, r.alpha3, r.minor_units,
         r.sea_only, r.country_code, r.customs_code, r.equivalent_code, r.unit, r.figure, r.version, r.updated_at
$$;


--
-- Name: refuse(text, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse(problem text, violations jsonb DEFAULT NULL::jsonb) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
  raise exception using
    message = problem,
    detail = coalesce(violations::text, ''),
    errcode = case problem
                when 'invalid_parameter' then 'PT400'
                when 'forbidden' then 'PT403'
                when 'not_found' then 'PT404'
                when 'state_conflict' then 'PT409'
                when 'duplicate' then 'PT409'
                when 'validation_failed' then 'PT422'
                else 'PT500'
              end;
end
$$;


--
-- Name: refuse_in_use(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_in_use() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
declare
  used boolean;
begin
  execute format('select from %I where id = $1 for update', tg_table_name) using new.id;
  execute format('select exists (select from %I where %s and deleted_at is null)', tg_argv[0],
                 format(case when tg_argv[1] like '%\_ids' then '%I @> array[$1]' else '%I = $1' end, tg_argv[1]))
     into used using new.id;
  if used then
    perform refuse('state_conflict', violation('/id', 'in_use'));
  end if;
  return new;
end
$_$;


--
-- Name: refuse_violations(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_violations() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  broken jsonb;
begin
  if current_setting('app.forgets', true) = 'on' or tg_op = 'UPDATE' and taken_back(to_jsonb(old), to_jsonb(new)) then
    return new;
  end if;

  broken := violations(new);
  if broken is not null then
    perform refuse('validation_failed', broken);
  end if;
  return new;
end
$$;


--
-- Name: register_changed_at(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.register_changed_at() RETURNS timestamp with time zone
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select a.at from audit_log a order by a.id desc limit 1
$$;


--
-- Name: report_areas(text, text[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_areas(counted_by text, districts text[] DEFAULT NULL::text[], villages text[] DEFAULT NULL::text[]) RETURNS TABLE(village_code text, code text, name text, longitude numeric, latitude numeric)
    LANGUAGE sql STABLE
    AS $$
  select v.code, a.code, a.name, a.longitude, a.latitude
    from village v
         join lateral (select v.code, v.name, v.longitude, v.latitude
                        where counted_by = 'village'
                        union all
                       select d.code, d.name, d.longitude, d.latitude
                         from district d
                        where d.code = v.district_code
                          and counted_by = 'district') a on true
   where in_scope(v.code)
     and (districts is null or v.district_code = any (districts))
     and (villages is null or v.code = any (villages))
$$;


--
-- Name: report_branding(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_branding(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE sql STABLE
    AS $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         certificate as materialized (
         select c.*, c.ends_on >= period_to as in_force
           from certification c
          where c.deleted_at is null
            and coalesce(c.issued_on, '-infinity') <= period_to
            and report_counts(c.status, verified_only)),
         enterprise as materialized (
         select a.code, u.id, u.nib
           from area a
                join umkm u on u.village_code = a.village_code
          where u.deleted_at is null
            and report_counts(u.status, verified_only)),
         held as (
         select c.holder_umkm_id, array_agg(distinct c.kind) filter (where c.in_force) as kinds
           from certificate c
          where c.holder_umkm_id is not null
          group by c.holder_umkm_id),
         registered as (
         select e.code, count(*) as denominator,
                count(*) filter (where e.nib is not null or h.holder_umkm_id is not null) as reporting,
                count(*) filter (where e.nib is not null or 'nib' = any (h.kinds)) as nib,
                count(*) filter (where 'pirt' = any (h.kinds)) as pirt,
                count(*) filter (where 'halal' = any (h.kinds)) as halal,
                count(*) filter (where 'trademark' = any (h.kinds)) as trademark
           from enterprise e
                left join held h on h.holder_umkm_id = e.id
          group by grouping sets ((e.code), ())),
         certified as (
         select a.code, count(*) filter (where c.in_force) as in_force,
                count(*) filter (where c.issued_on >= period_from) as issued,
                count(*) filter (where certification_state(c.ends_on, period_to) = 'expiring') as expiring,
                count(*) filter (where c.ends_on >= period_from and not c.in_force) as expired
           from area a
                join certificate c on c.village_code = a.village_code
          group by grouping sets ((a.code), ())),
         made as materialized (
         select a.code, p.id, p.category, p.umkm_id,
                num_nulls(p.name_en, p.story_id, p.story_en, p.brand, coalesce(p.price_min_idr, p.price_max_idr), p.unit) = 0
                  as told
           from area a
                join product p on p.village_code = a.village_code
          where p.deleted_at is null
            and report_counts(p.status, verified_only)),
         proved as (
         select k.id, array_agg(k.kind) as kinds, bool_or(k.kind <> 'nib') as certified
           from (select m.id, c.kind from made m join certificate c on c.product_id = m.id where c.in_force
                  union
                 select m.id, c.kind from made m join certificate c on c.umkm_id = m.umkm_id where c.in_force
                  union
                 select m.id, 'nib'
                   from made m
                        join umkm u on u.id = m.umkm_id
                  where u.nib is not null
                    and u.deleted_at is null
                    and report_counts(u.status, verified_only)) k
          group by k.id),
         estimate as (
         select distinct on (a.product_id) a.*
           from star_assessment a
          where a.kind = 'estimate'
            and a.year <= extract(year from period_to)
            and a.deleted_at is null
            and report_counts(a.status, verified_only)
          order by a.product_id, a.year desc, a.id desc),
         shown as (
         select m.code, count(*) as products, count(*) filter (where p.certified) as certified,
                count(*) filter (where p.certified and m.told) as complete, count(e.id) as estimated,
                count(*) filter (where l.min_total <= e.total and jsonb_array_length(l.missing) = 1) as one_document_away
           from made m
                left join proved p on p.id = m.id
                left join estimate e on e.product_id = m.id
                left join star_rubric r on r.id = e.rubric_id
                left join lateral star_levels(r.levels, m.category, coalesce(p.kinds, '{}')) l on l.stars = e.estimated_stars + 1
          group by grouping sets ((m.code), ())),
         figures as (
         select n.code, n.name, coalesce(r.denominator, 0) as denominator, coalesce(r.reporting, 0) as reporting,
                share(r.reporting, r.denominator) as share_reporting, coalesce(r.nib, 0) as umkm_nib,
                share(r.nib, r.denominator) as share_nib, coalesce(r.pirt, 0) as umkm_pirt,
                share(r.pirt, r.denominator) as share_pirt, coalesce(r.halal, 0) as umkm_halal,
                share(r.halal, r.denominator) as share_halal, coalesce(r.trademark, 0) as umkm_trademark,
                share(r.trademark, r.denominator) as share_trademark, coalesce(c.in_force, 0) as certificates_in_force,
                coalesce(c.issued, 0) as certificates_issued, coalesce(c.expiring, 0) as certificates_expiring,
                coalesce(c.expired, 0) as certificates_expired, coalesce(s.products, 0) as products,
                coalesce(s.certified, 0) as products_certified, share(s.certified, s.products) as share_products_certified,
                coalesce(s.complete, 0) as products_complete, share(s.complete, s.products) as share_products_complete,
                coalesce(s.estimated, 0) as products_estimated, coalesce(s.one_document_away, 0) as products_one_document_away
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join registered r on r.code is not distinct from n.code
                left join certified c on c.code is not distinct from n.code
                left join shown s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;


--
-- Name: report_counts(text, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_counts(status text, verified_only boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select status in ('verified', 'published') or not verified_only and status = 'submitted'
$$;


--
-- Name: report_definitions(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_definitions(report text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select json_agg(json_build_object('figure', f.figure, 'unit', f.unit, 'definition_id', f.definition_id,
                                    'definition_en', f.definition_en)
                  order by f.position)
    from report_figure f
   where f.report = report_definitions.report
$$;


--
-- Name: report_markets(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_markets(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE sql STABLE
    AS $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         made as (
         select a.code, m.reach, array_position(m.ladder, m.reach) > coalesce(array_position(m.ladder, m.reach_before), 0) as up
           from area a
                join product p on p.village_code = a.village_code
                join lateral (select '{local,district,province,national,international}'::text[] as ladder,
                                     market_reach_on(p, period_to) as reach,
                                     market_reach_on(p, period_from - 1) as reach_before) m on true
          where p.deleted_at is null
            and report_counts(p.status, verified_only)),
         products as (
         select m.code, count(*) as denominator, count(m.reach) as reporting,
                count(*) filter (where m.reach = 'local') as local,
                count(*) filter (where m.reach = 'district') as district,
                count(*) filter (where m.reach = 'province') as province,
                count(*) filter (where m.reach = 'national') as national,
                count(*) filter (where m.reach = 'international') as international,
                count(*) filter (where m.up) as moved_up
           from made m
          group by grouping sets ((m.code), ())),
         sold as (
         select e.*, coalesce(e.exporter_nib, exporter_key(e.exporter_name)) as exporter,
                min(e.exported_on) filter (where e.mode <> 'hand_carried_sample')
                  over (partition by coalesce(e.exporter_nib, exporter_key(e.exporter_name))) as first_on
           from export e
          where e.deleted_at is null
            and report_counts(e.status, verified_only)),
         shipments as (
         select a.code, count(*) filter (where s.trade) as shipments, sum(s.quantity_kg) filter (where s.trade) as quantity_kg,
                sum(s.fob_idr) filter (where s.trade) as fob_idr,
                count(*) filter (where s.mode = 'direct') as direct,
                count(*) filter (where s.mode = 'aggregator') as aggregator,
                count(*) filter (where not s.trade) as samples,
                count(*) filter (where s.trade and s.evidence_grade = 'A') as grade_a,
                count(*) filter (where s.trade and s.evidence_grade = 'B') as grade_b,
                count(*) filter (where s.trade and s.evidence_grade = 'C') as grade_c,
                array_agg(distinct s.destination_country) filter (where s.trade) as countries,
                count(distinct s.exporter) filter (where s.trade) as exporters,
                count(distinct s.exporter) filter (where s.first_on between period_from and period_to) as first_timers
           from area a
                join (select *, mode <> 'hand_carried_sample' as trade from sold) s on s.village_code = a.village_code
          where s.exported_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         figures as (
         select n.code, n.name, coalesce(p.denominator, 0) as denominator, coalesce(p.reporting, 0) as reporting,
                share(p.reporting, p.denominator) as share_reporting,
                coalesce(p.local, 0) as products_local, coalesce(p.district, 0) as products_district,
                coalesce(p.province, 0) as products_province, coalesce(p.national, 0) as products_national,
                coalesce(p.international, 0) as products_international, coalesce(p.moved_up, 0) as products_moved_up,
                coalesce(s.shipments, 0) as shipments, trim_scale(coalesce(s.quantity_kg, 0))::text as quantity_kg,
                coalesce(s.fob_idr, 0)::bigint as fob_idr, coalesce(s.countries, '{}') as destination_countries,
                coalesce(s.exporters, 0) as exporters, coalesce(s.first_timers, 0) as exporters_first_time,
                coalesce(s.direct, 0) as shipments_direct, coalesce(s.aggregator, 0) as shipments_aggregator,
                coalesce(s.samples, 0) as samples, coalesce(s.grade_a, 0) as shipments_grade_a,
                coalesce(s.grade_b, 0) as shipments_grade_b, coalesce(s.grade_c, 0) as shipments_grade_c
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join products p on p.code is not distinct from n.code
                left join shipments s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;


--
-- Name: report_mentoring(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE sql STABLE
    AS $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         session as (
         select s.id, s.village_code, s.status, day_of(s.starts_at) as day
           from mentoring_session s
          where s.deleted_at is null),
         attendance as (  -- of the period, and of the 30 days before it
         select p.session_id, p.umkm_id, p.village_code, p.attended, s.day
           from session s
                join mentoring_participant p on p.session_id = s.id
          where s.status = 'held'
            and s.day between period_from - 30 and period_to
            and p.deleted_at is null),
         contact as (  -- in the last 90 days; a visit is one, too
         select m.code
           from villages_mentored(period_to - 89, period_to) m (code)
          union
         select unnest(v.villages)
           from visit v
          where v.status = 'done'
            and v.deleted_at is null
            and v.visited_on between period_to - 89 and period_to),
         reached as (
         select a.code, count(*) as villages, count(r.code) as reached, count(*) filter (where c.code is null) as without_contact
           from area a
                left join villages_mentored(period_from, period_to) r (code) on r.code = a.village_code
                left join contact c on c.code = a.village_code
          group by grouping sets ((a.code), ())),
         held as (
         select a.code, count(*) filter (where s.status = 'planned') as planned,
                count(*) filter (where s.status = 'held') as held,
                count(*) filter (where s.status = 'cancelled') as cancelled
           from area a
                join session s on s.village_code = a.village_code
          where s.day between period_from and period_to
          group by grouping sets ((a.code), ())),
         due as (
         select s.*
           from session s
          where s.status = 'held'
            and s.day + 30 between period_from and period_to),
         followed_up as (  -- somebody who came, came to a later session; or what is to be done was written down
         select l.session_id as id
           from (select t.session_id, count(*) over (partition by t.umkm_id order by t.day - date '2000-01-01'
                                                     range between 1 following and 30 following) as later
                   from attendance t
                  where t.attended) l
          where l.later > 0
          union
         select d.id
           from due d
                join mentoring_action_item i on i.session_id = d.id
          where i.deleted_at is null
            and day_of(i.created_at) between d.day and d.day + 30),
         followed as (
         select a.code, count(*) as due, count(f.id) as done
           from area a
                join due d on d.village_code = a.village_code
                left join followed_up f on f.id = d.id
          group by grouping sets ((a.code), ())),
         business as (
         select a.code, count(*) as umkm, count(t.umkm_id) as reached
           from area a
                join umkm u on u.village_code = a.village_code
                left join (select distinct t.umkm_id
                             from attendance t
                            where t.attended
                              and t.day >= period_from) t on t.umkm_id = u.id
          where u.deleted_at is null
            and report_counts(u.status, verified_only)
          group by grouping sets ((a.code), ())),
         came as (
         select a.code, count(*) as participants, count(t.attended) as recorded, count(*) filter (where t.attended) as attended
           from area a
                join attendance t on t.village_code = a.village_code
          where t.day >= period_from
          group by grouping sets ((a.code), ())),
         item as (
         select a.code, count(*) as due, count(*) filter (where i.state = 'done' and i.closed_on <= i.due_on) as on_time
           from area a
                join mentoring_action_item i on i.village_code = a.village_code
          where i.deleted_at is null
            and i.state <> 'dropped'
            and i.due_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         changed as (
         select a.code, count(*) as outcomes, count(distinct o.umkm_id) as umkm
           from area a
                join outcome o on o.village_code = a.village_code
          where o.deleted_at is null
            and report_counts(o.status, verified_only)
            and o.observed_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         figures as (
         select n.code, n.name, coalesce(r.villages, 0) as denominator, coalesce(r.reached, 0) as reporting,
                share(r.reached, r.villages) as share_reporting, coalesce(r.without_contact, 0) as villages_without_contact,
                coalesce(h.planned, 0) as sessions_planned, coalesce(h.held, 0) as sessions_held,
                coalesce(h.cancelled, 0) as sessions_cancelled, coalesce(b.umkm, 0) as umkm,
                coalesce(b.reached, 0) as umkm_reached, share(b.reached, b.umkm) as share_umkm_reached,
                coalesce(c.participants, 0) as participants, coalesce(c.recorded, 0) as participants_recorded,
                coalesce(c.attended, 0) as participants_attended, share(c.attended, c.recorded) as attendance_rate,
                coalesce(f.due, 0) as follow_ups_due, coalesce(f.done, 0) as follow_ups_done,
                share(f.done, f.due) as share_followed_up, coalesce(i.due, 0) as action_items_due,
                coalesce(i.on_time, 0) as action_items_on_time, share(i.on_time, i.due) as share_on_time,
                coalesce(o.outcomes, 0) as outcomes, coalesce(o.umkm, 0) as umkm_with_outcome
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join reached r on r.code is not distinct from n.code
                left join held h on h.code is not distinct from n.code
                left join followed f on f.code is not distinct from n.code
                left join business b on b.code is not distinct from n.code
                left join came c on c.code is not distinct from n.code
                left join item i on i.code is not distinct from n.code
                left join changed o on o.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;


--
-- Name: report_ovop_map(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE sql STABLE
    AS $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         known as (
         select a.code, f.product_id is not null as flagship, f.name_id as flagship_product,
                exists (select
                          from village_potential p
                         where p.village_code = a.village_code
                           and p.deleted_at is null
                           and report_counts(p.status, verified_only)) as potential,
                exists (select
                          from product p
                         where p.villages @> array[a.village_code]
                           and p.deleted_at is null
                           and report_counts(p.status, verified_only)) as product,
                v.visited_on, day_of(d.verified_at) as verified_on
           from area a
                left join lateral (select f.product_id, p.name_id
                                     from flagship f
                                          left join product p on p.id = f.product_id
                                    where f.village_code = a.village_code
                                      and f.deleted_at is null
                                      and report_counts(f.status, verified_only)
                                      and daterange(f.valid_from, f.valid_to, '[]') @> period_to
                                    order by f.status = 'submitted', f.valid_from desc, f.id
                                    limit 1) f on true
                cross join lateral (select max(v.visited_on) as visited_on
                                      from visit v
                                     where v.villages @> array[a.village_code]
                                       and v.deleted_at is null
                                       and v.status = 'done'
                                       and v.visited_on <= period_to) v
                cross join lateral village_verified(a.village_code) d),
         counted as (
         select k.code, count(*) as denominator, count(k.verified_on) as reporting,
                count(*) filter (where k.flagship) as with_flagship,
                max(k.flagship_product) filter (where counted_by = 'village') as flagship_product,
                count(*) filter (where k.potential) as with_potential,
                count(*) filter (where k.product) as with_product,
                count(*) filter (where k.potential and not k.product) as potential_without_product,
                count(*) filter (where k.visited_on >= period_from) as visited,
                count(*) filter (where k.visited_on is null) as never_visited,
                max(k.visited_on) as last_visited_on,
                count(*) filter (where k.verified_on is null or k.verified_on <= period_to - interval '12 months') as stale,
                max(k.verified_on) as last_verified_on
           from known k
          group by grouping sets ((k.code), ())),
         figures as (
         select n.code, n.name, n.longitude, n.latitude, coalesce(c.denominator, 0) as denominator,
                coalesce(c.reporting, 0) as reporting, share(c.reporting, c.denominator) as share_reporting,
                coalesce(c.with_flagship, 0) as villages_with_flagship,
                case when n.code is not null then c.flagship_product end as flagship_product,
                coalesce(c.with_potential, 0) as villages_with_potential, coalesce(c.with_product, 0) as villages_with_product,
                coalesce(c.potential_without_product, 0) as villages_potential_without_product,
                coalesce(c.visited, 0) as villages_visited, coalesce(c.never_visited, 0) as villages_never_visited,
                c.last_visited_on, coalesce(c.stale, 0) as villages_stale, c.last_verified_on
           from (select distinct a.code, a.name, a.longitude, a.latitude from area a
                  union all
                 select null, null, null, null) n
                left join counted c on c.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;


--
-- Name: report_productivity(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_productivity(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE sql STABLE
    AS $$
    with span as materialized (  -- else worked out for every month of every UMKM
         select to_char(period_from - make_interval(months => least(m.n, 12 * m.years)), 'YYYY-MM') as before,
                to_char(period_from, 'YYYY-MM') as since, to_char(period_to, 'YYYY-MM') as upto
           from (select (12 * (extract(year from period_to) - extract(year from period_from))
                         + extract(month from period_to) - extract(month from period_from) + 1)::integer,
                       extract(year from period_from)::integer - 1) m (n, years)),  -- not before the first year
         area as (
         select * from report_areas(counted_by, districts, villages)),
         mentored as (
         select distinct p.umkm_id
           from mentoring_participant p
                join mentoring_session s on s.id = p.session_id
          where p.attended
            and p.deleted_at is null
            and s.status = 'held'
            and s.deleted_at is null
            and day_of(s.starts_at) between period_from - interval '12 months' and period_to),
         enterprise as (
         select a.code, r.*, r.turnover / nullif(r.turnover_before, 0) - 1 as change, m.umkm_id is not null as mentored,
                r.turnover is not null and r.turnover_before is not null as matched
           from area a
                join umkm u on u.village_code = a.village_code
                left join mentored m on m.umkm_id = u.id
                cross join span
                cross join lateral (select avg(p.turnover_idr) filter (where p.month < span.since) as turnover_before,
                                           avg(p.turnover_idr) filter (where p.month >= span.since) as turnover,
                                           avg(p.workers_total) filter (where p.month < span.since) as workers_before,
                                           avg(p.workers_total) filter (where p.month >= span.since) as workers
                                      from production_report p
                                     where p.umkm_id = u.id
                                       and p.month between span.before and span.upto
                                       and p.deleted_at is null
                                       and p.status <> 'archived'
                                       and report_counts(p.status, verified_only)) r
          where u.deleted_at is null
            and report_counts(u.status, verified_only)),
         panel as (
         select e.code, count(*) as denominator, count(*) filter (where e.matched) as reporting,
                count(e.turnover_before) as reported_before, count(e.turnover) as reported,
                told_median(percentile_cont(0.5) within group (order by e.turnover_before) filter (where e.matched),
                            count(*) filter (where e.matched)) as median_before,
                told_median(percentile_cont(0.5) within group (order by e.turnover) filter (where e.matched),
                            count(*) filter (where e.matched)) as median,
                told_median(percentile_cont(0.5) within group (order by e.change), count(e.change)) as change,
                sum(e.workers_before) filter (where e.workers is not null) as workers_before,
                sum(e.workers) filter (where e.workers_before is not null) as workers,
                count(*) filter (where e.turnover > e.turnover_before
                                   and size_class(null, null, (12 * e.turnover)::bigint)
                                       <> size_class(null, null, (12 * e.turnover_before)::bigint)) as class_moved_up,
                count(*) filter (where e.matched and e.mentored) as mentored,
                count(*) filter (where e.matched and not e.mentored) as not_mentored,
                told_median(percentile_cont(0.5) within group (order by e.change) filter (where e.mentored),
                            count(e.change) filter (where e.mentored)) as change_mentored,
                told_median(percentile_cont(0.5) within group (order by e.change) filter (where not e.mentored),
                            count(e.change) filter (where not e.mentored)) as change_not_mentored
           from enterprise e
          group by grouping sets ((e.code), ())),
         figures as (
         select n.code, n.name, coalesce(p.denominator, 0) as denominator, coalesce(p.reporting, 0) as reporting,
                share(p.reporting, p.denominator) as share_reporting, coalesce(p.reported_before, 0) as reported_before,
                coalesce(p.reported, 0) as reported, round(p.median_before)::bigint as median_turnover_before_idr,
                round(p.median)::bigint as median_turnover_idr,
                share(p.median - p.median_before, p.median_before) as change_of_median, round(p.change, 4) as median_change,
                round(p.workers_before, 1) as workers_before, round(p.workers, 1) as workers,
                coalesce(p.class_moved_up, 0) as class_moved_up, coalesce(p.mentored, 0) as mentored,
                coalesce(p.not_mentored, 0) as not_mentored, round(p.change_mentored, 4) as median_change_mentored,
                round(p.change_not_mentored, 4) as median_change_not_mentored
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join panel p on p.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;


--
-- Name: report_result(text, text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_result(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) RETURNS TABLE(report text, as_of timestamp with time zone, period_from date, period_to date, by text, verified_only boolean, total json, rows json, definitions json)
    LANGUAGE plpgsql STABLE
    SET jit TO 'off'
    AS $_$
begin
  period_to := coalesce(upto, today());
  period_from := coalesce(since, date_trunc('year', period_to)::date);
  if period_from > period_to then
    perform refuse('invalid_parameter', '[{"parameter": "period_to", "code": "before_start"}]');
  end if;

  report := name;
  as_of := register_changed_at();
  "by" := counted_by;
  verified_only := verified;
  execute format('select total, rows from %I($1, $2, $3, $4, $5, $6)', 'report_' || name)
     into total, rows
    using counted_by, districts, villages, period_from, period_to, verified;
  definitions := report_definitions(name);
  return next;
end
$_$;


--
-- Name: report_snapshot_names(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_snapshot_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  named uuid[] := array(select m[1]::uuid
                          from regexp_matches(new.result, '"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"', 'g') m);
begin
  new.umkm_ids := array(select u.id from umkm u where u.id = any (named)
                         union
                        select p.umkm_id from product p where p.id = any (named) and p.umkm_id is not null
                         union
                        select c.holder_umkm_id from certification c where c.id = any (named) and c.holder_umkm_id is not null);
  return new;
end
$$;


--
-- Name: report_snapshot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report_snapshot (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    report text NOT NULL,
    title text NOT NULL,
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


--
-- Name: report_snapshot_row(public.report_snapshot); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_snapshot_row(s public.report_snapshot) RETURNS TABLE(id uuid, report text, title text, as_of timestamp with time zone, period_from date, period_to date, by text, district_code json, village_code json, verified_only boolean, sha256 text, created_at timestamp with time zone, created_by uuid, result text)
    LANGUAGE sql STABLE
    AS $$
  select s.id, s.report, s.title, s.as_of, s.period_from, s.period_to, s.counted_by, to_json(s.district_codes),
         to_json(s.village_codes), s.verified_only, s.sha256, s.created_at, s.created_by, s.result
$$;


--
-- Name: report_to_keep(text, text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) RETURNS TABLE(as_of timestamp with time zone, period_from date, period_to date, result text)
    LANGUAGE sql STABLE
    AS $$
  select r.as_of, r.period_from, r.period_to,
         json_build_object('report', r.report, 'as_of', utc_text(r.as_of), 'period_from', r.period_from, 'period_to', r.period_to,
                           'by', r.by, 'verified_only', r.verified_only, 'total', r.total, 'rows', r.rows,
                           'definitions', r.definitions)::text
    from report_result(name, counted_by, districts, villages, since, upto, verified) r
$$;


--
-- Name: report_village_brief(text, text[], text[], date, date, boolean); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.report_village_brief(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) RETURNS TABLE(total json, rows json)
    LANGUAGE plpgsql STABLE
    AS $$
begin
  if cardinality(villages) is distinct from 1 then
    perform refuse('validation_failed', violation('/village_code', 'brief_of_one'));
  end if;

  return query
  select (to_jsonb(b) - 'definitions' || jsonb_build_object('as_of', utc_text(b.as_of)))::json, '[]'::json
    from village v, village_briefing(v) b
   where v.code = villages[1]
     and in_scope(v.code);
  if not found then
    perform refuse('validation_failed', violation('/village_code', 'exists'));
  end if;
end
$$;


--
-- Name: reporting_village(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.reporting_village(umkm_id uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return (select u.village_code
            from umkm u
           where u.id = umkm_id
             and u.deleted_at is null
             and (claim_role() is null or in_scope(u.village_code))
             and (claim_role() is distinct from 'system' or u.id <> all (umkm_restricted())));
end
$$;


--
-- Name: restrict_processing(text, text); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.restrict_processing(IN table_name text, IN umkm_id text)
    LANGUAGE plpgsql
    AS $_$
declare
  free text := format(case when umkm_id like '%\_ids' then 'not %1$I && (select umkm_restricted())::uuid[]'
                           else '%1$I is null or %1$I <> all ((select umkm_restricted())::uuid[])' end, umkm_id);
begin
  execute format('create policy processing_restricted on %I as restrictive for select to ovop_bupati, ovop_system, ovop_public'
                 ' using (%s)', table_name, free);
  execute format('create policy not_counted on %I as restrictive for select to ovop_bumdes, ovop_dinas'
                 ' using (not (select claim_counts()) or %s)', table_name, free);
end
$_$;


--
-- Name: retained_until(text, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.retained_until(resource text, ended_on date) RETURNS date
    LANGUAGE sql STABLE
    AS $$
  select (ended_on + make_interval(months => r.months))::date from retention r where r.resource = retained_until.resource
$$;


--
-- Name: retention_changed(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.retention_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update personal_record p
     set retention_until = retained_until(p.resource, p.ended_on)
   where p.resource = new.resource;
  return null;
end
$$;


--
-- Name: search_query(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.search_query(q text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    with words as (select word from unnest(tsvector_to_array(to_tsvector('simple', q))) word)
  select string_agg('''' || replace(replace(w.word, '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery
    from words w
   where not exists (select from words l where l.word <> w.word and starts_with(l.word, w.word))
$$;


--
-- Name: seats_taken(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.seats_taken(session_id uuid) RETURNS integer
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return (select count(*)
            from mentoring_participant p
           where p.session_id = seats_taken.session_id
             and p.deleted_at is null);
end
$$;


--
-- Name: service_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.service_account (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    client_id text NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    villages text[] NOT NULL,
    disabled_at timestamp(3) with time zone,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((client_id || ' '::text) || name))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT public.claim_subject(),
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT service_account_client_id__pattern CHECK ((client_id ~ '^[a-z0-9][a-z0-9._-]{2,63}$'::text)),
    CONSTRAINT service_account_client_id__reserved CHECK ((client_id <> ALL (ARRAY['manual'::text, 'import'::text, 'sample'::text]))),
    CONSTRAINT service_account_name__required CHECK ((TRIM(BOTH FROM name) <> ''::text)),
    CONSTRAINT service_account_scopes__enum CHECK (((cardinality(scopes) > 0) AND (scopes <@ ARRAY['register:read'::text, 'register:write'::text, 'production:write'::text, 'exports:write'::text, 'reports:read'::text, 'changes:read'::text]))),
    CONSTRAINT service_account_villages__range CHECK ((cardinality(villages) <= 100)),
    CONSTRAINT service_account_villages__scope CHECK (((cardinality(villages) > 0) AND ((villages = '{district}'::text[]) OR ('district'::text <> ALL (villages)))))
);

ALTER TABLE ONLY public.service_account FORCE ROW LEVEL SECURITY;


--
-- Name: service_account_row(public.service_account); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.service_account_row(a public.service_account) RETURNS TABLE(id uuid, client_id text, name text, scopes json, villages json, disabled boolean, version integer, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select a.id, a.client_id, a.name, array_to_json(a.scopes), array_to_json(a.villages), a.disabled_at is not null,
         a.version, a.created_at, a.created_by, a.updated_at, a.updated_by
$$;


--
-- Name: share(numeric, numeric); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.share(part numeric, whole numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select round(part / nullif(whole, 0), 4)
$$;


--
-- Name: sort_key(text, anyelement); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.sort_key(q text, key anyelement) RETURNS anyelement
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when q is null then key else greatest(key) end
$$;


--
-- Name: star_assessment; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.star_assessment (
    product_id uuid NOT NULL,
    kind text NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    rubric_id uuid,
    scores jsonb DEFAULT '[]'::jsonb NOT NULL,
    stars integer,
    certificate_number text,
    awarded_by text,
    awarded_on date,
    note text,
    total integer,
    estimated_stars integer,
    umkm_id uuid,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    result integer GENERATED ALWAYS AS (COALESCE(stars, estimated_stars)) STORED,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((COALESCE(certificate_number, ''::text) || ' '::text) || COALESCE(awarded_by, ''::text)) || ' '::text) || COALESCE(note, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT star_assessment_kind__enum CHECK ((kind = ANY (ARRAY['estimate'::text, 'award'::text]))),
    CONSTRAINT star_assessment_scheme__enum CHECK ((scheme = ANY (ARRAY['district'::text, 'ministry_2007'::text, 'ministry_2021'::text]))),
    CONSTRAINT star_assessment_stars__range CHECK (((stars >= 1) AND (stars <= 5))),
    CONSTRAINT star_assessment_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT star_assessment_villages__lead CHECK ((village_code = ANY (villages))),
    CONSTRAINT star_assessment_year__range CHECK (((year >= 2007) AND (year <= 2100)))
);

ALTER TABLE ONLY public.star_assessment FORCE ROW LEVEL SECURITY;


--
-- Name: star_advice(public.star_assessment); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_advice(a public.star_assessment) RETURNS TABLE(assessment_id uuid, product_id uuid, rubric_id uuid, total integer, stars integer, next_star integer, threshold integer, points_missing integer, gains json, documents_missing json, one_document_away boolean)
    LANGUAGE sql STABLE
    AS $$
  select a.id, a.product_id, a.rubric_id, a.total, a.estimated_stars, n.stars, n.min_total,
         case when n.stars is not null then greatest(n.min_total - a.total, 0) end,
         (select coalesce(json_agg(json_build_object('criterion', c.code, 'name_id', c.name_id, 'name_en', c.name_en,
                                                     'score', s.score, 'max_score', c.max_score, 'gain', c.max_score - s.score)
                                   order by c.max_score - s.score desc, c.code), '[]')
            from jsonb_to_recordset(r.criteria) as c (code text, name_id text, name_en text, max_score integer)
                 join jsonb_to_recordset(a.scores) as s (criterion text, score integer) on s.criterion = c.code
           where c.max_score > s.score),
         coalesce(n.missing, '[]')::json,
         coalesce(n.min_total <= a.total and jsonb_array_length(n.missing) = 1, false)
    from star_rubric r
         join product p on p.id = a.product_id
         left join lateral star_levels(r.levels, p.category, product_documents(p.id)) n on n.stars = a.estimated_stars + 1
   where r.id = a.rubric_id
$$;


--
-- Name: star_assessment_compute(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_assessment_compute() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'INSERT' then
    select p.umkm_id, p.village_code, p.villages
      into new.umkm_id, new.village_code, new.villages
      from product p
     where p.id = new.product_id
       and p.deleted_at is null;
  end if;

  if tg_op = 'UPDATE' and (new.rubric_id, new.scores) is not distinct from (old.rubric_id, old.scores) then
    return new;
  end if;
  perform from star_rubric where id = new.rubric_id for share;
  new.total := (select sum(s.score) from jsonb_to_recordset(new.scores) as s (score integer));
  new.estimated_stars := (
    select coalesce(max(l.stars), 0)
      from star_rubric r
           join product p on p.id = new.product_id
           cross join star_levels(r.levels, p.category, product_documents(p.id)) l
     where r.id = new.rubric_id
       and l.min_total <= new.total
       and l.missing = '[]'
    having new.rubric_id is not null);
  return new;
end
$$;


--
-- Name: star_assessment_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_assessment_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.product_id is not null and (tg_op = 'INSERT' or new.product_id is distinct from old.product_id) then
    perform from product where id = new.product_id for key share;
  end if;
  if new.rubric_id is not null and (tg_op = 'INSERT' or new.rubric_id is distinct from old.rubric_id) then
    perform from star_rubric where id = new.rubric_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: star_assessment_row(public.star_assessment, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_assessment_row(a public.star_assessment, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, product_id uuid, kind text, scheme text, year integer, rubric_id uuid, scores json, total integer, stars integer, certificate_number text, awarded_by text, awarded_on date, note text, umkm_id uuid, village_code text, villages json, village json, product json, rubric json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select a.id, a.product_id, a.kind, a.scheme, a.year, a.rubric_id, a.scores::json, a.total, a.result, a.certificate_number,
         a.awarded_by, a.awarded_on, a.note, a.umkm_id, a.village_code, to_json(a.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(a.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(a.product_id) b) end,
         case when 'rubric' = any (expand)
              then (select (to_jsonb(r) || jsonb_build_object('updated_at', utc_text(r.updated_at)))::json
                      from star_rubric s, star_rubric_row(s) r
                     where s.id = a.rubric_id) end,
         a.status, a.status_note, c.brief, o.allowed_actions, a.version, a.source, a.created_at, a.created_by, a.updated_at,
         a.updated_by, a.verified_at, a.verified_by
    from change_request_brief(a.change_request) c,
         allowed_actions('star_assessment', a.status, a.writers, a.village_code, a.change_request) o
$$;


--
-- Name: star_assessment_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_assessment_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, product_id uuid, kind text, scheme text, year integer, rubric_id uuid, scores json, total integer, stars integer, certificate_number text, awarded_by text, awarded_on date, note text, umkm_id uuid, village_code text, villages json, village json, product json, rubric json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from star_assessment n where n.id = any ($1) offset 0) n, star_assessment_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: star_levels(jsonb, text, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_levels(levels jsonb, category text, held text[]) RETURNS TABLE(stars integer, min_total integer, missing jsonb)
    LANGUAGE sql IMMUTABLE
    AS $$
  select l.stars, l.min_total,
         (select coalesce(jsonb_agg(distinct jsonb_build_object('any_of', d.any_of)), '[]')
            from jsonb_to_recordset(levels) as b (stars integer, documents jsonb),
                 jsonb_to_recordset(b.documents) as d (any_of jsonb, categories jsonb)
           where b.stars <= l.stars
             and (coalesce(d.categories, '[]') = '[]' or d.categories ? category)
             and not d.any_of ?| held)
    from jsonb_to_recordset(levels) as l (stars integer, min_total integer)
$$;


--
-- Name: star_max_total(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_max_total(criteria jsonb) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select sum((c ->> 'max_score')::integer)::integer from jsonb_array_elements(criteria) c
$$;


--
-- Name: star_rubric; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.star_rubric (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    name_id text NOT NULL,
    name_en text NOT NULL,
    criteria jsonb NOT NULL,
    levels jsonb NOT NULL,
    max_total integer GENERATED ALWAYS AS (public.star_max_total(criteria)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT star_rubric_scheme__enum CHECK ((scheme = ANY (ARRAY['district'::text, 'ministry_2007'::text, 'ministry_2021'::text]))),
    CONSTRAINT star_rubric_year__range CHECK (((year >= 2007) AND (year <= 2100)))
);


--
-- Name: star_rubric_row(public.star_rubric); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_rubric_row(r public.star_rubric) RETURNS TABLE(id uuid, scheme text, year integer, name_id text, name_en text, criteria json, levels json, max_total integer, version integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select r.id, r.scheme, r.year, r.name_id, r.name_en, r.criteria::json,
         (select json_agg(json_build_object('stars', l.stars, 'min_total', l.min_total, 'documents',
                    (select coalesce(json_agg(json_build_object('any_of', d.any_of, 'categories', coalesce(d.categories, '[]'))),
                                     '[]')
                       from jsonb_to_recordset(l.documents) as d (any_of jsonb, categories jsonb))) order by l.stars)
            from jsonb_to_recordset(r.levels) as l (stars integer, min_total integer, documents jsonb)),
         r.max_total, r.version, r.updated_at
$$;


--
-- Name: star_scheme_stars(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.star_scheme_stars(scheme text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case scheme when 'ministry_2021' then 3 else 5 end
$$;


--
-- Name: resource; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.resource (
    name text NOT NULL,
    workflow text,
    writers text[] NOT NULL,
    deciders text[] NOT NULL,
    write_scope text NOT NULL
);


--
-- Name: workflow_transition; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workflow_transition (
    workflow text NOT NULL,
    "position" integer NOT NULL,
    action text NOT NULL,
    from_status text NOT NULL,
    to_status text,
    decides boolean DEFAULT false NOT NULL,
    verifies boolean DEFAULT false NOT NULL,
    needs_note boolean DEFAULT false NOT NULL,
    roles text[],
    change_request text,
    CONSTRAINT workflow_transition_change_request_check CHECK ((change_request = ANY (ARRAY['opens'::text, 'closes'::text])))
);


--
-- Name: step_roles(public.resource, public.workflow_transition); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.step_roles(rule public.resource, step public.workflow_transition) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select coalesce(step.roles, case when step.decides then rule.deciders else rule.writers end)
$$;


--
-- Name: taken_back(jsonb, jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.taken_back(was jsonb, is_now jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select is_now ->> 'deleted_at' is not null
         or is_now ->> 'status' <> was ->> 'status'
            and is_now ->> 'status' in ('draft', 'needs_revision', 'rejected', 'archived', 'cancelled', 'withdrawn')
         or is_now #>> '{change_request,status}' in ('rejected', 'withdrawn') and was #>> '{change_request,status}' = 'open'
$$;


--
-- Name: target; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.target (
    indicator text NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    value numeric NOT NULL,
    note text,
    village_code text,
    district_code text,
    area_code text GENERATED ALWAYS AS (COALESCE("left"(village_code, 8), district_code)) STORED,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'proposed'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT target_district_code__one_area CHECK ((num_nonnulls(village_code, district_code) < 2)),
    CONSTRAINT target_period_to__before_start CHECK ((period_to >= period_from)),
    CONSTRAINT target_status__enum CHECK ((status = ANY ('{approved,proposed,rejected}'::text[])))
);

ALTER TABLE ONLY public.target FORCE ROW LEVEL SECURITY;


--
-- Name: target_row(public.target, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.target_row(t public.target, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, indicator text, indicator_name_id text, indicator_name_en text, unit text, period_from date, period_to date, value text, note text, village_code text, district_code text, village json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select t.id, t.indicator, i.name_id, i.name_en, i.unit, t.period_from, t.period_to, t.value::text, t.note, t.village_code,
         t.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(t.village_code) b) end,
         t.status, t.status_note, c.brief, a.allowed_actions, t.version, t.source, t.created_at, t.created_by, t.updated_at,
         t.updated_by, t.verified_at, t.verified_by
    from change_request_brief(t.change_request) c,
         allowed_actions('target', t.status, t.writers, t.village_code, t.change_request) a
         left join reference i on i.list = 'indicators' and i.code = t.indicator and i.edition is null
$$;


--
-- Name: target_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.target_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, indicator text, indicator_name_id text, indicator_name_en text, unit text, period_from date, period_to date, value text, note text, village_code text, district_code text, village json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from target n where n.id = any ($1) offset 0) n, target_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: throttle_account(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.throttle_account(kind text, name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
  select encode(sha256(convert_to(kind || ' ' || lower(name), 'UTF8')), 'hex')
$$;


--
-- Name: throttle_clear(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.throttle_clear(account text, address text) RETURNS void
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_variable
begin
  update login_throttle t
     set failures = 0, next_at = null, last_at = now(),
         succeeded_at = case when t.address = address then now() end
   where t.account = account
     and t.address in (address, '*');
end
$$;


--
-- Name: throttle_try(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.throttle_try(account text, address text) RETURNS integer
    LANGUAGE plpgsql
    AS $$
#variable_conflict use_variable
declare
  pair   login_throttle;
  wide   login_throttle;
  moment timestamptz;
  wait   int;
begin
  -- Both rows are locked, in this order, until the attempt is counted.
  insert into login_throttle as t (account, address) values (account, '*')
      on conflict on constraint login_throttle_pkey do update set account = excluded.account
  returning * into wide;
  insert into login_throttle as t (account, address) values (account, address)
      on conflict on constraint login_throttle_pkey do update set account = excluded.account
  returning * into pair;

  moment := clock_timestamp();
  wait := ceil(extract(epoch from greatest(pair.next_at, case when pair.succeeded_at is null then wide.next_at end) - moment));
  if wait > 0 then
    return wait;
  end if;

  update login_throttle t
     set failures = n.failures,
         last_at = moment,
         next_at = case
                     when n.failures >= n.free
                     then moment + make_interval(secs => least(2 ^ least(n.failures - n.free + 1, 10), n.longest))
                   end
    from (select '*' as address, 1 + case when wide.last_at > moment - interval '1 day' then wide.failures else 0 end as failures,
                 5 as free, 60 as longest
           where pair.succeeded_at is null
           union all
          select address, 1 + case when pair.last_at > moment - interval '1 day' then pair.failures else 0 end, 3, 900) n
   where t.account = account
     and t.address = n.address;
  return 0;
end
$$;


--
-- Name: today(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
  select day_of(now())
$$;


--
-- Name: told_median(double precision, bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.told_median(median double precision, of_how_many bigint) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when of_how_many >= 3 then median::numeric end
$$;


--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.version := case when tg_op = 'INSERT' then 1 else old.version + 1 end;
  new.updated_at := now();
  new.updated_by := claim_subject();
  return new;
end
$$;


--
-- Name: training_program_brief(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.training_program_brief(id uuid) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('id', p.id, 'title', p.title, 'starts_on', p.starts_on, 'ends_on', p.ends_on, 'status', p.status)
    from training_program p
   where p.id = training_program_brief.id
$$;


--
-- Name: training_program_figures(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.training_program_figures(program_id uuid) RETURNS TABLE(sessions_planned integer, sessions_held integer, umkm_reached integer, attendance_rate numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return query
  select count(distinct s.id) filter (where s.status = 'planned')::integer,
         count(distinct s.id) filter (where s.status = 'held')::integer,
         count(distinct p.umkm_id) filter (where p.attended)::integer,
         round(avg(p.attended::integer), 4)
    from mentoring_session s
         left join mentoring_participant p
                on p.session_id = s.id and p.deleted_at is null and p.umkm_id <> all ((select umkm_restricted())::uuid[])
   where s.program_id = training_program_figures.program_id
     and s.deleted_at is null;
end
$$;


--
-- Name: training_program_over(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.training_program_over() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform from training_program where id = new.id for update;
  if new.status = 'held' and new.starts_on > today() then
    perform refuse('state_conflict', violation('/starts_on', 'future'));
  end if;
  if exists (select
               from mentoring_session s
              where s.program_id = new.id
                and s.status = 'planned'
                and s.deleted_at is null) then
    perform refuse('state_conflict', violation('', 'sessions_planned'));
  end if;
  return new;
end
$$;


--
-- Name: training_program; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.training_program (
    title text NOT NULL,
    topic text NOT NULL,
    description text,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    organiser text NOT NULL,
    funding_source text,
    budget_idr bigint,
    capacity integer,
    village_code text,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((title || ' '::text) || organiser) || ' '::text) || COALESCE(description, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'planned'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT training_program_budget_idr__range CHECK ((budget_idr >= 0)),
    CONSTRAINT training_program_capacity__range CHECK ((capacity > 0)),
    CONSTRAINT training_program_ends_on__before_start CHECK ((ends_on >= starts_on)),
    CONSTRAINT training_program_funding_source__enum CHECK ((funding_source = ANY (ARRAY['apbd_kabupaten'::text, 'apbd_provinsi'::text, 'apbn'::text, 'dana_desa'::text, 'csr'::text, 'other'::text]))),
    CONSTRAINT training_program_status__enum CHECK ((status = ANY ('{cancelled,held,planned}'::text[])))
);

ALTER TABLE ONLY public.training_program FORCE ROW LEVEL SECURITY;


--
-- Name: training_program_row(public.training_program, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.training_program_row(p public.training_program, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, title text, topic text, description text, starts_on date, ends_on date, organiser text, funding_source text, budget_idr bigint, capacity integer, village_code text, district_code text, sessions_planned integer, sessions_held integer, umkm_reached integer, attendance_rate numeric, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.title, p.topic, p.description, p.starts_on, p.ends_on, p.organiser, p.funding_source, p.budget_idr,
         p.capacity, p.village_code, p.district_code, f.sessions_planned, f.sessions_held, f.umkm_reached, f.attendance_rate,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         p.status, p.status_note, a.allowed_actions, p.version, p.source, p.created_at, p.created_by, p.updated_at,
         p.updated_by
    from training_program_figures(p.id) f, allowed_actions('training_program', p.status, p.writers, p.village_code) a
$$;


--
-- Name: training_program_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.training_program_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, title text, topic text, description text, starts_on date, ends_on date, organiser text, funding_source text, budget_idr bigint, capacity integer, village_code text, district_code text, sessions_planned integer, sessions_held integer, umkm_reached integer, attendance_rate numeric, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from training_program n where n.id = any ($1) offset 0) n, training_program_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: umkm_brief(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_brief(id uuid) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('id', u.id, 'name', u.name, 'village_code', u.village_code, 'status', u.status)
    from umkm u
   where u.id = umkm_brief.id
$$;


--
-- Name: umkm_consent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.umkm_consent (
    id uuid NOT NULL,
    village_code text NOT NULL,
    contact_public boolean NOT NULL,
    public_owner_name text,
    given_on date,
    withdrawn_on date,
    evidence text,
    legal_basis text,
    processing_restricted boolean NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    CONSTRAINT umkm_consent_legal_basis__enum CHECK ((legal_basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legal_duty'::text, 'vital_interest'::text, 'public_task'::text, 'legitimate_interest'::text])))
);

ALTER TABLE ONLY public.umkm_consent FORCE ROW LEVEL SECURITY;


--
-- Name: umkm_consent_row(public.umkm_consent); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_consent_row(c public.umkm_consent) RETURNS TABLE(contact_public boolean, public_owner_name text, given_on date, withdrawn_on date, evidence text, legal_basis text, processing_restricted boolean, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(c.contact_public, false), c.public_owner_name, c.given_on, c.withdrawn_on, c.evidence, c.legal_basis,
         coalesce(c.processing_restricted, false), coalesce(c.version, 0), c.updated_at, c.updated_by
$$;


--
-- Name: umkm_ended(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_ended(umkm_id uuid) RETURNS date
    LANGUAGE sql STABLE
    AS $$
  select least(case when u.status = 'archived' then day_of(u.updated_at) end,
               case when c.legal_basis = 'consent' then c.withdrawn_on end)
    from umkm u
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
$$;


--
-- Name: umkm_ends(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  update personal_record p
     set ended_on = umkm_ended(new.id), retention_until = retained_until(p.resource, umkm_ended(new.id))
    from personal_data k
   where p.umkm_id = new.id
     and k.resource = p.resource
     and k.ends_column is null;
  return null;
end
$$;


--
-- Name: umkm_erase(public.umkm, boolean, uuid[], text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_erase(u public.umkm, business_contact boolean, others uuid[], ground text) RETURNS TABLE(id uuid, erased_at timestamp with time zone, erased_by uuid, note text, records json)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  request data_subject_request;
  moment  timestamptz(3) := now();
begin
  select * into request
    from data_subject_request r
   where r.umkm_id = u.id and r.kind = 'erasure' and r.status = 'granted'
   order by r.id limit 1 for update;
  if request.id is null then
    perform refuse('state_conflict', violation('', 'not_granted'));
  end if;
  if exists (select
               from unnest(others) t (id)
                    left join personal_record p on p.id = t.id
                    left join umkm_owner o on o.id = u.id
              where (p.umkm_id = u.id
                     or p.umkm_id is null and p.hashes && array[(o.nik).hash, (o.npwp).hash, (o.phone).hash]) is not true) then
    perform refuse('validation_failed', violation('/others', 'exists'));
  end if;

  perform set_config('app.forgets', 'on', true);
  insert into umkm_owner as o (id, village_code, erased_at, erased_by, erasure_note)
  values (u.id, u.village_code, moment, claim_subject(), ground)
      on conflict on constraint umkm_owner_id__unique do update
     set erased_at = excluded.erased_at, erased_by = excluded.erased_by, erasure_note = excluded.erasure_note;

  return query
    with gone as (
         select p.resource, p.record_id, forget_record(p.resource, p.record_id) as members
           from (select *
                   from personal_record p
                  where p.umkm_id = u.id and (p.resource <> 'umkm' or business_contact)
                     or p.id = any (others)
                  order by p.id) p)
  select u.id, moment, claim_subject(), ground,
         (select coalesce(json_agg(json_build_object('resource', g.resource, 'record_id', g.record_id, 'members', g.members)),
                          '[]')
            from gone g);
  perform set_config('app.forgets', '', true);
  update data_subject_request r set status = 'done' where r.id = request.id;
end
$$;


--
-- Name: umkm_owner; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.umkm_owner (
    id uuid NOT NULL,
    village_code text NOT NULL,
    name public.sealed,
    nik public.sealed,
    npwp public.sealed,
    phone public.sealed,
    address public.sealed,
    erased_at timestamp(3) with time zone,
    erased_by uuid,
    erasure_note text,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone
);

ALTER TABLE ONLY public.umkm_owner FORCE ROW LEVEL SECURITY;


--
-- Name: umkm_owner_row(public.umkm_owner, public.umkm_consent); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_owner_row(o public.umkm_owner, c public.umkm_consent) RETURNS TABLE(name text, nik text, npwp text, phone text, address text, processing_restricted boolean, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select m.name, m.nik, m.npwp, m.phone, m.address, c.processing_restricted is true, coalesce(o.version, 0), o.updated_at,
         o.updated_by
    from (select) one
         left join lateral (select (o.name).mask, (o.nik).mask, (o.npwp).mask, (o.phone).mask, (o.address).mask)
                        as m (name, nik, npwp, phone, address) on c.processing_restricted is not true
$$;


--
-- Name: umkm_personal_data(public.umkm); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_personal_data(u public.umkm) RETURNS TABLE(contact_phone text, contact_whatsapp text, contact_email text, contact_links json, public_owner_name text, evidence text, legal_basis text, given_on date, withdrawn_on date, processing_restricted boolean, retention_until date, erased_at timestamp with time zone, consents json, requests json, reads json, elsewhere json)
    LANGUAGE sql STABLE
    AS $$
  select u.contact_phone, u.contact_whatsapp, u.contact_email, to_json(u.contact_links), c.public_owner_name, c.evidence,
         c.legal_basis, c.given_on, c.withdrawn_on, c.processing_restricted is true,
         (select p.retention_until from personal_record p where p.resource = 'umkm_owner' and p.record_id = u.id), o.erased_at,
         (select coalesce(json_agg(json_build_object('id', h.id, 'at', utc_text(h.at), 'resource', 'umkm_consent', 'action',
                                                     h.action, 'subject', h.subject, 'role', h.role, 'request_id', h.request_id,
                                                     'changes', h.changes) order by h.id desc), '[]')
            from (select * from record_history('umkm_consent', u.id::text) h order by h.id desc limit 1000) h),
         (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'status', r.status, 'received_at',
                                                     utc_text(r.received_at), 'decided_at', utc_text(r.verified_at))
                                   order by r.received_at desc, r.id), '[]')
            from (select *
                    from data_subject_request r
                   where r.umkm_id = u.id and r.deleted_at is null
                   order by r.received_at desc limit 1000) r),
         (select coalesce(json_agg(json_build_object('id', l.id, 'at', utc_text(l.at), 'subject', l.subject, 'role', l.role,
                                                     'operation', l.operation, 'members', l.members, 'purpose', l.purpose,
                                                     'request_id', l.request_id) order by l.id desc), '[]')
            from (select * from personal_reads('umkm_owner', u.id) l order by l.id desc limit 1000) l),
         (select coalesce(json_agg(json_build_object('id', p.id, 'resource', p.resource, 'record_id', p.record_id, 'village_code',
                                                     p.village_code, 'members', p.members) order by p.resource, p.record_id), '[]')
            from (select *
                    from personal_record p
                   where p.hashes && array[(o.nik).hash, (o.npwp).hash, (o.phone).hash]
                     and p.record_id <> u.id
                   limit 1000) p)
    from (select) one
         left join umkm_owner o on o.id = u.id
         left join umkm_consent c on c.id = u.id
$$;


--
-- Name: umkm_public(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_public(umkm_id uuid) RETURNS TABLE(owner_name text, contact json)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  return query
  select c.public_owner_name,
         case when c.contact_public
                   and (num_nonnulls(u.contact_phone, u.contact_whatsapp, u.contact_email) > 0 or u.contact_links <> '{}')
              then public_contact('umkm', u.name, u.contact_phone, u.contact_whatsapp, u.contact_email, u.contact_links)
              else public_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links)
         end
    from umkm u
         left join dinas_contact d on true
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
     and u.status = 'published'
     and u.deleted_at is null
     and c.processing_restricted is not true;
end
$$;


--
-- Name: umkm_restricted(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_restricted() RETURNS uuid[]
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
  select array(select c.id from umkm_consent c where c.processing_restricted)
$$;


--
-- Name: umkm_row(public.umkm, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_row(u public.umkm, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, name text, nib text, external_reference text, kbli_code text, kbli_edition text, legal_form text, founded_on date, village_code text, district_code text, workers_male integer, workers_female integer, workers_disabled integer, workers_total integer, capital_idr bigint, annual_sales_idr bigint, annual_sales_year integer, size_class text, size_class_reported text, size_class_computed text, size_class_basis text, village_enterprise_id uuid, contact_phone text, contact_whatsapp text, contact_email text, contact_links json, village json, village_enterprise json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select u.id, u.name, u.nib, u.external_reference, u.kbli_code, u.kbli_edition, u.legal_form, u.founded_on,
         u.village_code, u.district_code, u.workers_male, u.workers_female, u.workers_disabled, u.workers_total,
         u.capital_idr, u.annual_sales_idr, u.annual_sales_year,
         u.size_class, u.size_class_reported, u.size_class_computed, u.size_class_basis, u.village_enterprise_id,
         u.contact_phone, u.contact_whatsapp, u.contact_email, to_json(u.contact_links),
         case when 'village' = any (expand) then (select b.brief from village_brief(u.village_code) b) end,
         case when 'village_enterprise' = any (expand)
              then (select json_build_object('id', e.id, 'name', e.name, 'kind', e.kind, 'village_code', e.village_code)
                      from village_enterprise e
                     where e.id = u.village_enterprise_id) end,
         w.warnings, u.status, u.status_note, c.brief, a.allowed_actions, u.version, u.source,
         u.created_at, u.created_by, u.updated_at, u.updated_by, u.verified_at, u.verified_by
    from umkm_warnings(u) w, change_request_brief(u.change_request) c,
         allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
$$;


--
-- Name: umkm_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, name text, nib text, external_reference text, kbli_code text, kbli_edition text, legal_form text, founded_on date, village_code text, district_code text, workers_male integer, workers_female integer, workers_disabled integer, workers_total integer, capital_idr bigint, annual_sales_idr bigint, annual_sales_year integer, size_class text, size_class_reported text, size_class_computed text, size_class_basis text, village_enterprise_id uuid, contact_phone text, contact_whatsapp text, contact_email text, contact_links json, village json, village_enterprise json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from umkm n where n.id = any ($1) offset 0) n, umkm_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: umkm_warnings(public.umkm); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_warnings(u public.umkm) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $_$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/kbli_edition', 'superseded', exists (select from reference c
                                               where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition
                                                 and c.valid_to < today())),
      ('/size_class_reported', 'size_class_differs', u.size_class_computed <> u.size_class_reported),
      ('/size_class_reported', 'too_large_for_umkm', u.size_class = 'besar'),
      ('/contact_phone', 'phone_format', u.contact_phone !~ '^[+]62[0-9]{7,13}$'),
      ('/contact_whatsapp', 'mobile_format', u.contact_whatsapp ~ '^[+]62' and u.contact_whatsapp !~ '^[+]628[1-9][0-9]{7,10}$')
    ) as rule (pointer, code, doubtful)
$_$;


--
-- Name: user_account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_account (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    username text NOT NULL,
    full_name text NOT NULL,
    role text NOT NULL,
    villages text[],
    must_change_password boolean DEFAULT true NOT NULL,
    disabled_at timestamp(3) with time zone,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((username || ' '::text) || full_name))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT public.claim_subject(),
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT user_account_full_name__required CHECK ((TRIM(BOTH FROM full_name) <> ''::text)),
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


--
-- Name: user_row(public.user_account); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.user_row(u public.user_account) RETURNS TABLE(id uuid, username text, full_name text, role text, villages json, must_change_password boolean, disabled boolean, version integer, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select u.id, u.username, u.full_name, u.role, array_to_json(u.villages), u.must_change_password, u.disabled_at is not null,
         u.version, u.created_at, u.created_by, u.updated_at, u.updated_by
$$;


--
-- Name: utc_text(timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.utc_text(at timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    AS $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;


--
-- Name: village_brief(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_brief(code text) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('code', v.code, 'kind', v.kind, 'name', v.name, 'district_code', v.district_code,
                           'district_name', v.district_name)
    from village v
   where v.code = village_brief.code
$$;


--
-- Name: village_briefing(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_briefing(v public.village) RETURNS TABLE(as_of timestamp with time zone, day date, code text, kind text, name text, district_code text, district_name text, population integer, population_year integer, index_name text, index_year integer, index_score text, index_status text, flagship json, income json, promises json, obstacles json, makers json, certificates json, last_visit json, next_visit json, next_sessions json, definitions json)
    LANGUAGE sql STABLE
    AS $$
  select register_changed_at(), today(), v.code, v.kind, v.name, v.district_code, v.district_name, v.population,
         v.population_year, v.index_name, v.index_year, v.index_score::text, v.index_status, village_flagship(v.code),
         village_income(v.code), village_promises(v.code), village_obstacles(v.code), village_makers(v.code),
         village_certificates(v.code), village_last_visit(v.code), village_next_visit(v.code), village_next_sessions(v.code),
         report_definitions('village_brief')
$$;


--
-- Name: village_certificates(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_certificates(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with first as (
         select c.*, s.state
           from certification c
                cross join lateral (select certification_state(c.ends_on, today()) as state) s
          where c.villages @> array[code]
            and c.deleted_at is null
            and report_counts(c.status, true)
            and s.state <> 'valid'
            and not exists (select
                              from certification l
                             where l.kind = c.kind
                               and (l.umkm_id = c.umkm_id or l.product_id = c.product_id)
                               and l.ends_on > c.ends_on
                               and l.deleted_at is null
                               and report_counts(l.status, true))
          order by c.ends_on, c.id
          limit 5)
  select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'holder', coalesce(p.name_id, u.name),
                                             'expires_on', f.expires_on, 'state', f.state)
                           order by f.ends_on, f.id), '[]')
    from first f
         left join product p on p.id = f.product_id
         left join umkm u on u.id = f.umkm_id
$$;


--
-- Name: village_enterprise_row(public.village_enterprise, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text, rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on,
         (select coalesce(json_agg(json_build_object('name', u.name, 'kbli_code', u.kbli_code, 'kbli_edition', u.kbli_edition,
                                                     'started_on', u.started_on) order by u.position), '[]')
            from rows from (jsonb_to_recordset(e.unit_businesses) as (name text, kbli_code text, kbli_edition text,
                                                                      started_on date)) with ordinality
                 as u (name, kbli_code, kbli_edition, started_on, position)),
         e.rank, e.rank_year,
         e.village_code, to_json(e.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         w.warnings, e.status, e.status_note, c.brief, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from village_enterprise_warnings(e) w, change_request_brief(e.change_request) c,
         allowed_actions('village_enterprise', e.status, e.writers, e.village_code, e.change_request) a
$$;


--
-- Name: village_enterprise_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_enterprise_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text, rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from village_enterprise n where n.id = any ($1) offset 0) n, village_enterprise_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: village_enterprise_warnings(public.village_enterprise); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_enterprise_warnings(e public.village_enterprise) RETURNS TABLE(warnings json)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (select '/villages', 'desa_only', exists (select from village v where v.code = any (e.villages) and v.kind <> 'desa')
           union all
          select format('/unit_businesses/%s/kbli_edition', u.position - 1), 'superseded', c.valid_to < today()
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
                 join reference c on c.list = 'kbli' and c.code = u.unit ->> 'kbli_code' and c.edition = u.unit ->> 'kbli_edition'
         ) as rule (pointer, code, doubtful)
$$;


--
-- Name: village_flagship(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_flagship(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('product_id', p.id, 'name_id', p.name_id, 'name_en', p.name_en, 'market_reach', p.market_reach,
                           'decree_number', f.decree_number, 'valid_from', f.valid_from, 'valid_to', f.valid_to)
    from flagship f
         join product p on p.id = f.product_id
   where f.village_code = code
     and f.deleted_at is null
     and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
   limit 1
$$;


--
-- Name: village_income(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_income(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with month as (
         select to_char(today() - make_interval(months => n), 'YYYY-MM') as month from generate_series(1, 12) n),
         reported as (
         select m.month, count(p.turnover_idr) as reporting,
                percentile_cont(0.5) within group (order by p.turnover_idr) as median
           from month m
                left join production_report p
                       on p.village_code = code and p.month = m.month and p.deleted_at is null and report_counts(p.status, true)
          group by m.month)
  select json_build_object(
           'denominator', (select count(*)
                             from umkm u
                            where u.village_code = code and u.deleted_at is null and report_counts(u.status, true)),
           'months', (select json_agg(json_build_object('month', r.month, 'reporting', r.reporting,
                                                        'median_turnover_idr', round(told_median(r.median, r.reporting)))
                                      order by r.month)
                        from reported r))
$$;


--
-- Name: village_last_visit(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_last_visit(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select b.brief
    from visit v, visit_brief(v.id) b
   where v.villages @> array[code]
     and v.status = 'done'
     and v.deleted_at is null
   order by v.visited_on desc, v.id desc
   limit 1
$$;


--
-- Name: village_makers(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_makers(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with business as (
         select 'village_enterprise' as kind, e.id, e.name
           from village_enterprise e
          where e.villages @> array[code]
            and e.status = 'published'
            and e.deleted_at is null
          union all
         select 'umkm', u.id, u.name
           from umkm u
          where u.village_code = code
            and u.status = 'published'
            and u.deleted_at is null),
         first as (
         select b.*, m.products, row_number() over (order by b.kind desc, cardinality(m.products) desc, b.name, b.id) as position
           from business b
                cross join lateral (select array(select p.name_id
                                                   from product p
                                                  where b.id in (p.umkm_id, p.village_enterprise_id)
                                                    and p.status = 'published'
                                                    and p.deleted_at is null
                                                  order by p.name_id, p.id) as products) m
          order by position
          limit 6)
  select coalesce(json_agg(json_build_object('kind', f.kind, 'id', f.id, 'name', f.name, 'products', to_json(f.products[:3]))
                           order by f.position), '[]')
    from first f
$$;


--
-- Name: village_names(text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_names(codes text[]) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.name, v.code)
    from village v
   where v.code = any (codes)
$$;


--
-- Name: village_next_sessions(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_next_sessions(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with first as (
         select s.*
           from mentoring_session s
          where s.villages @> array[code]
            and s.status = 'planned'
            and s.starts_at >= now()
            and s.deleted_at is null
          order by s.starts_at, s.id
          limit 3)
  select coalesce(json_agg(json_build_object('id', f.id, 'title', f.title, 'topic', code_named('topics', f.topic),
                                             'starts_at', utc_text(f.starts_at), 'place', f.place)
                           order by f.starts_at, f.id), '[]')
    from first f
$$;


--
-- Name: village_next_visit(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_next_visit(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
  select b.brief
    from visit v, visit_brief(v.id) b
   where v.villages @> array[code]
     and v.status = 'planned'
     and v.visited_on >= today()
     and v.deleted_at is null
   order by v.visited_on, v.id
   limit 1
$$;


--
-- Name: village_obstacles(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_obstacles(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with first as (
         select a.*, v.visited_on,
                row_number() over (order by array_position('{high,normal,low}', a.priority), v.visited_on desc, a.id desc)
                  as position
           from aspiration a
                join visit v on v.id = a.visit_id
          where a.village_code = code
            and a.kind = 'obstacle'
            and a.status = 'open'
            and a.deleted_at is null
          order by position
          limit 3)
  select coalesce(json_agg(json_build_object('id', f.id, 'text', f.text, 'topic', code_named('topics', f.topic),
                                             'priority', f.priority, 'raised_by_group', f.raised_by_group,
                                             'visited_on', f.visited_on)
                           order by f.position), '[]')
    from first f
$$;


--
-- Name: village_potential_hold(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_potential_hold() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  if new.product_id is not null and (tg_op = 'INSERT' or new.product_id is distinct from old.product_id) then
    perform from product where id = new.product_id for key share;
  end if;
  return new;
end
$$;


--
-- Name: village_potential; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.village_potential (
    commodity text NOT NULL,
    kind text NOT NULL,
    category text,
    quantity numeric(13,3),
    unit text,
    season_months integer[],
    description_id text,
    description_en text,
    stage text DEFAULT 'identified'::text NOT NULL,
    product_id uuid,
    village_code text NOT NULL,
    district_code text GENERATED ALWAYS AS ("left"(village_code, 8)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((commodity || ' '::text) || COALESCE(description_id, ''::text)) || ' '::text) || COALESCE(description_en, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    change_request public.change_request,
    CONSTRAINT village_potential_kind__enum CHECK ((kind = ANY (ARRAY['farming'::text, 'plantation'::text, 'forestry'::text, 'livestock'::text, 'fishery'::text, 'mining'::text, 'food'::text, 'craft'::text, 'culture'::text, 'tourism'::text, 'services'::text, 'other'::text]))),
    CONSTRAINT village_potential_quantity__range CHECK ((quantity > (0)::numeric)),
    CONSTRAINT village_potential_season_months__range CHECK ((season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::integer[])),
    CONSTRAINT village_potential_stage__enum CHECK ((stage = ANY (ARRAY['identified'::text, 'assessed'::text, 'piloted'::text, 'product'::text]))),
    CONSTRAINT village_potential_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT village_potential_unit__enum CHECK ((unit = ANY (ARRAY['ha'::text, 'm2'::text, 'kg'::text, 't'::text, 'l'::text, 'm3'::text, 'head'::text, 'tree'::text, 'piece'::text, 'household'::text, 'visitor'::text, 'other'::text])))
);

ALTER TABLE ONLY public.village_potential FORCE ROW LEVEL SECURITY;


--
-- Name: village_potential_row(public.village_potential, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_potential_row(p public.village_potential, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, commodity text, kind text, category text, quantity text, unit text, season_months json, description_id text, description_en text, stage text, product_id uuid, village_code text, district_code text, village json, product json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select p.id, p.commodity, p.kind, p.category, trim_scale(p.quantity)::text, p.unit, to_json(p.season_months),
         p.description_id, p.description_en, p.stage, p.product_id, p.village_code, p.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(p.product_id) b) end,
         p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source, p.created_at, p.created_by, p.updated_at,
         p.updated_by, p.verified_at, p.verified_by
    from change_request_brief(p.change_request) c,
         allowed_actions('village_potential', p.status, p.writers, p.village_code, p.change_request) a
$$;


--
-- Name: village_potential_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_potential_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, commodity text, kind text, category text, quantity text, unit text, season_months json, description_id text, description_en text, stage text, product_id uuid, village_code text, district_code text, village json, product json, status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from village_potential n where n.id = any ($1) offset 0) n, village_potential_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: village_promises(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_promises(code text) RETURNS json
    LANGUAGE sql STABLE
    AS $$
    with promise as (
         select c.*, v.visited_on, commitment_overdue(c) as overdue
           from commitment c
                join visit v on v.id = c.visit_id
          where c.village_code = code
            and c.deleted_at is null),
         first as (
         select p.*, row_number() over (order by p.overdue desc, case when p.overdue then p.due_on end, p.visited_on desc,
                                                 p.due_on, p.id) as position
           from promise p
          order by position
          limit 5)
  select json_build_object(
           'promised', count(*),
           'overdue', count(*) filter (where p.overdue),
           'awaiting_confirmation', count(*) filter (where p.status = 'done'),
           'confirmed', count(*) filter (where p.status = 'confirmed'),
           'last', (select coalesce(json_agg(json_build_object(
                             'id', f.id, 'text', f.text, 'office', code_named('offices', f.office), 'visited_on', f.visited_on,
                             'due_on', f.due_on, 'overdue', f.overdue,
                             'percent', (select l.percent from commitment_progress_last(f.id) l), 'status', f.status)
                             order by f.position), '[]')
                      from first f))
    from promise p
$$;


--
-- Name: village_row(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_row(v public.village) RETURNS TABLE(code text, bps_code text, kind text, name text, district_code text, district_name text, latitude numeric, longitude numeric, postcode text, population integer, population_year integer, index_name text, index_year integer, index_score text, index_status text, version integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select v.code, v.bps_code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, v.postcode,
         v.population, v.population_year, v.index_name, v.index_year, v.index_score::text, v.index_status, v.version, v.updated_at
$$;


--
-- Name: village_rules(text, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_rules(village_code text, villages text[] DEFAULT NULL::text[]) RETURNS TABLE(pointer text, code text, broken boolean)
    LANGUAGE sql STABLE
    AS $$
  values ('/village_code', 'exists', not exists (select from village v where v.code = village_code)),
         ('/village_code', 'scope', not in_scope(village_code) and exists (select from village v where v.code = village_code)),
         ('/villages', 'lead', village_code <> all (villages)),
         ('/villages', 'exists', exists (select
                                           from unnest(villages) c (code)
                                                left join village v on v.code = c.code
                                          where v.code is null))
$$;


--
-- Name: village_verified(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_verified(village text) RETURNS TABLE(verified_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select greatest(
           (select max(t.verified_at) from village_potential t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from village_enterprise t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from umkm t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from product t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from flagship t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from certification t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from star_assessment t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from production_report t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from outcome t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from export t where t.village_code = village and t.deleted_at is null))
$$;


--
-- Name: villages_mentored(date, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.villages_mentored(since date, upto date) RETURNS SETOF text
    LANGUAGE sql STABLE
    AS $$
    with held as (
         select s.id, s.village_code
           from mentoring_session s
          where s.status = 'held'
            and s.deleted_at is null
            and day_of(s.starts_at) between since and upto)
  select h.village_code
    from held h
   union
  select p.village_code
    from held h
         join mentoring_participant p on p.session_id = h.id
   where p.attended
     and p.deleted_at is null
$$;


--
-- Name: violation(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violation(pointer text, code text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select jsonb_build_array(jsonb_build_object('pointer', pointer, 'code', code))
$$;


--
-- Name: violations(public.market_step[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(steps public.market_step[]) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        -- Those of exports are not counted: no export must wait for room.
        ('/market_steps', 'range', (select count(*) from unnest(steps) s where s.export_id is null) > 100),
        ('/reached_on', 'future', exists (select from unnest(steps) s where s.reached_on > today())),
        -- What is taken back is a step of the same level, not itself a taking back, and an export's only with the export.
        ('/reverses', 'exists', exists (select
                                          from unnest(steps) r
                                               left join unnest(steps) s
                                                 on s.id = r.reverses and s.reverses is null and s.level = r.level
                                                    and s.export_id is not distinct from r.export_id
                                         where r.reverses is not null
                                           and s.id is null)),
        ('/reverses', 'unique', exists (select from unnest(steps) r where r.reverses is not null
                                         group by r.reverses having count(*) > 1))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.aspiration); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(a public.aspiration) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(a.village_code)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = a.topic))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.buyer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(b public.buyer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(b.village_code)
             union all
            values
        ('/country_code', 'exists', not exists (select from reference r where r.list = 'countries' and r.code = b.country_code))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.certification); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(c public.certification) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'one_bearer', num_nonnulls(c.umkm_id, c.product_id) <> 1),
        ('/umkm_id', 'exists', c.umkm_id is not null and c.product_id is null and c.village_code is null),
        ('/product_id', 'exists', c.product_id is not null and c.umkm_id is null and c.village_code is null),
        ('/product_id', 'scope', c.product_id is not null and not in_scope(c.village_code)),
        ('/kind', 'umkm_only', c.kind = 'nib' and c.product_id is not null),
        ('/number', 'pattern', case c.kind
           when 'nib' then c.number !~ '^[0-9]{13}$'
           when 'pirt' then c.number !~ '^[0-9]{12}([0-9]{3})?$'
           when 'bpom' then c.number ~ '^M[DL]' and c.number !~ '^M[DL][0-9]{12}([0-9]{3})?$'
           when 'trademark' then c.number !~ '^IDM[0-9]{9}$'
         end),
        ('/issued_on', 'future', c.issued_on > today()),
        ('/expires_on', 'before_start', c.expires_on < c.issued_on)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$_$;


--
-- Name: violations(public.commitment); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(c public.commitment) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(c.village_code)
             union all
            values
        ('/office', 'exists', not exists (select from reference r where r.list = 'offices' and r.code = c.office)),
        ('/aspiration_id', 'exists', c.aspiration_id is not null
           and not exists (select from aspiration a
                            where a.id = c.aspiration_id and a.deleted_at is null and a.visit_id = c.visit_id
                              and a.village_code = c.village_code)),
        ('/due_on', 'before_start', exists (select from visit v where v.id = c.visit_id and v.visited_on > c.due_on)),
        ('/proof', 'required', c.status = 'done'
           and not exists (select from commitment_progress p where p.commitment_id = c.id and p.proof is not null))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.commitment_progress); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(p public.commitment_progress) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/noted_on', 'future', p.noted_on > today()),
        ('/proof/date', 'future', (p.proof ->> 'date')::date > today())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.data_subject_request); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(r public.data_subject_request) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(r.village_code)
             union all
            values
        ('/umkm_id', 'one_subject', num_nonnulls(r.umkm_id, r.buyer_id, r.session_id) <> 1),
        ('/received_at', 'future', r.received_at > now())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.export); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(e public.export) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code)
             union all
            values
        ('/buyer_id', 'exists', e.buyer_id is not null
           and not exists (select from buyer b where b.id = e.buyer_id and b.deleted_at is null)),
        ('/destination_country', 'exists', not exists (select
                                                         from reference r
                                                        where r.list = 'countries' and r.code = e.destination_country)),
        ('/destination_country', 'abroad', e.destination_country = 'ID'),
        ('/port_code', 'exists', e.port_code is not null
           and not exists (select from reference r where r.list = 'ports' and r.code = e.port_code)),
        ('/incoterm', 'exists', e.incoterm is not null
           and not exists (select from reference r where r.list = 'incoterms' and r.code = e.incoterm)),
        ('/exported_on', 'future', e.exported_on > today()),
        ('/lines', 'range', e.fob_idr > 9007199254740991),
        ('/documents', 'required', e.status in ('submitted', 'verified') and e.documents = '[]')
       union all
      select format('/documents/%s/date', d.position - 1), 'future', (d.document ->> 'date')::date > today()
        from jsonb_array_elements(e.documents) with ordinality d (document, position)
       union all
      select format('/lines/%s/%s', l.position - 1, r.member), r.code, r.broken
        from jsonb_array_elements(e.lines) with ordinality l (line, position),
             lateral (values
               ('product_id', 'exists', not exists (select
                                                      from export_products(array[(l.line ->> 'product_id')::uuid]))),
               ('hs_edition', 'exists', not exists (select
                                                      from reference c
                                                     where c.list = 'hs' and c.edition = l.line ->> 'hs_edition')),
               ('currency', 'exists', not exists (select
                                                    from reference c
                                                   where c.list = 'currencies' and c.code = l.line ->> 'currency')),
               ('quantity_kg', 'range', (l.line ->> 'quantity_kg')::numeric = 0),
               ('fob', 'range', (l.line ->> 'fob')::numeric = 0 and e.mode <> 'hand_carried_sample'),
               ('rate', 'range', (l.line ->> 'rate')::numeric = 0),
               ('rate', 'rupiah', l.line ->> 'currency' = 'IDR' and (l.line ->> 'rate')::numeric <> 1)
             ) as r (member, code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.flagship); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(f public.flagship) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(f.village_code)
             union all
            values
        ('/product_id', 'exists', not exists (select from product p
                                               where p.id = f.product_id and p.deleted_at is null
                                                 and f.village_code = any (p.villages))),
        ('/decreed_on', 'future', f.decreed_on > today()),
        ('/valid_to', 'before_start', f.valid_to < f.valid_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.mentoring_action_item); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(i public.mentoring_action_item) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', i.umkm_id is not null
           and not exists (select from umkm u where u.id = i.umkm_id and u.deleted_at is null)),
        ('/umkm_id', 'required', i.owner = 'umkm' and i.umkm_id is null),
        ('/closed_on', 'future', i.closed_on > today()),
        ('/closed_on', 'together', i.state = 'open' and i.closed_on is not null)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.mentoring_participant); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(p public.mentoring_participant) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', not exists (select
                                             from umkm u
                                            where u.id = p.umkm_id
                                              and u.village_code = p.village_code
                                              and u.deleted_at is null)),
        ('/umkm_id', 'not_invited', exists (select
                                              from umkm u
                                                   join mentoring_session s on s.id = p.session_id
                                             where u.id = p.umkm_id
                                               and p.version = 1  -- it may move away later
                                               and u.village_code <> all (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.mentoring_session); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(s public.mentoring_session) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(s.village_code, s.villages)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = s.topic)),
        ('/starts_at', 'future', s.status = 'held' and s.starts_at > now()),
        ('/ends_at', 'before_start', s.ends_at <= s.starts_at),
        ('/capacity', 'seats_taken', s.capacity < seats_taken(s.id)),
        ('/program_id', 'exists', s.program_id is not null
           and not exists (select from training_program p where p.id = s.program_id and p.deleted_at is null)),
        ('/program_id', 'program_over', s.status = 'planned'
           and exists (select from training_program p where p.id = s.program_id and p.status <> 'planned')),
        ('/program_id', 'program_village', exists (select
                                                     from training_program p
                                                    where p.id = s.program_id
                                                      and p.village_code <> any (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.outcome); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(o public.outcome) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  mentored_on date := outcome_mentored_on(o);
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', not exists (select from umkm u where u.id = o.umkm_id and u.deleted_at is null)),
        ('/session_id', 'one_source', num_nonnulls(o.session_id, o.program_id) <> 1),
        ('/session_id', 'not_attended', o.session_id is not null and mentored_on is null),
        ('/program_id', 'not_attended', o.program_id is not null and mentored_on is null),
        ('/description', 'required', o.kind = 'other' and o.description is null),
        ('/observed_on', 'future', o.observed_on > today()),
        ('/observed_on', 'before_mentoring', o.observed_on < mentored_on),
        ('/value_after', 'together', num_nulls(o.value_before, o.value_after, o.unit) not in (0, 3)),
        ('/value_after', 'required', o.kind in ('price_rise', 'sales_rise') and o.value_after is null),
        ('/value_after', 'not_risen', o.kind in ('price_rise', 'sales_rise') and o.value_after <= o.value_before),
        ('/evidence', 'required', o.status in ('submitted', 'verified') and o.evidence = '[]')
       union all
      select format('/evidence/%s/date', e.position - 1), 'future', (e.document ->> 'date')::date > today()
        from jsonb_array_elements(o.evidence) with ordinality e (document, position)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.product); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(p public.product) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  broken jsonb := (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code, p.villages)
             union all
            values
        ('/umkm_id', 'one_producer', num_nonnulls(p.umkm_id, p.village_enterprise_id) <> 1),
        ('/umkm_id', 'exists', p.umkm_id is not null
           and not exists (select from umkm u
                            where u.id = p.umkm_id and u.deleted_at is null and u.village_code = any (p.villages))),
        ('/village_enterprise_id', 'exists', p.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = p.village_enterprise_id and e.deleted_at is null and p.villages <@ e.villages)),
        ('/category', 'exists', not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/hs_edition', 'together', (p.hs_code is null) <> (p.hs_edition is null)),
        ('/hs_code', 'exists', not exists (select from reference c
                                            where c.list = 'hs' and c.code = p.hs_code and c.edition = p.hs_edition)
                               and p.hs_code is not null and p.hs_edition is not null),
        ('/price_max_idr', 'below_minimum', p.price_max_idr < p.price_min_idr),
        ('/unit', 'required', p.unit is null and num_nonnulls(p.price_min_idr, p.price_max_idr, p.moq, p.monthly_capacity) > 0)
      ) as rule (pointer, code, broken)
     where rule.broken);
  of_steps jsonb := case when cardinality(p.market_steps) > 0 then violations(p.market_steps) end;
begin
  return coalesce(broken || of_steps, broken, of_steps);
end
$$;


--
-- Name: violations(public.production_report); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(r public.production_report) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', r.version = 1  -- it may move away later
           and (reporting_village(r.umkm_id) = r.village_code) is not true),
        ('/product_id', 'exists', r.product_id is not null
           and not exists (select from export_products(array[r.product_id]) p where p.umkm_id = r.umkm_id)),
        ('/month', 'future', r.month > to_char(today(), 'YYYY-MM')),
        ('/unit', 'together', (r.volume is null) <> (r.unit is null)),
        ('/turnover_idr', 'required', num_nonnulls(r.volume, r.turnover_idr, r.workers_male, r.workers_female) = 0),
        ('/corrections', 'range', cardinality(r.corrections) >= 100 and (r.change_request).status = 'open')
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.reference); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(r public.reference) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $_$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/code', 'pattern', r.code !~ case r.list
           when 'kbli' then '^[0-9]{5}$'
           when 'hs' then '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'
           when 'countries' then '^[A-Z]{2}$'
           when 'currencies' then '^[A-Z]{3}$'
           when 'incoterms' then '^[A-Z]{3}$'
           when 'ports' then '^[A-Z]{2}[A-Z2-9]{3}$'
           else '^[a-z][a-z0-9_]*$'
         end),
        ('/edition', 'required', r.list in ('kbli', 'hs', 'incoterms') and r.edition is null),
        ('/valid_to', 'before_start', r.valid_to < r.valid_from),
        ('/unit', 'required', r.list = 'indicators' and r.unit is null),
        ('/figure', 'exists', r.figure is not null
           and not exists (select from report_figure f where concat_ws('.', f.report, f.figure) = r.figure)),
        ('/country_code', 'exists', r.country_code is not null
           and not exists (select from reference c where c.list = 'countries' and c.code = r.country_code))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$_$;


--
-- Name: violations(public.star_assessment); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(a public.star_assessment) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
declare
  criteria jsonb := (select r.criteria from star_rubric r where r.id = a.rubric_id and r.scheme = a.scheme);
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.told)))
      from (values
        ('/product_id', 'exists', null, a.village_code is null),
        ('/rubric_id', 'exists', null, a.rubric_id is not null and criteria is null),
        ('/year', 'future', null, a.year > extract(year from today())),
        ('/awarded_on', 'future', null, a.awarded_on > today()),
        ('/stars', 'too_large', star_scheme_stars(a.scheme)::text, a.stars > star_scheme_stars(a.scheme))
       union all
      select '/' || m.member, case m.kind when a.kind then 'required' else m.kind || '_only' end, null,
             (m.kind = a.kind) <> m.given
        from (values
          ('rubric_id',          'estimate', a.rubric_id is not null),
          ('scores',             'estimate', a.scores <> '[]'),
          ('stars',              'award',    a.stars is not null),
          ('certificate_number', 'award',    a.certificate_number is not null),
          ('awarded_by',         'award',    a.awarded_by is not null),
          ('awarded_on',         'award',    a.awarded_on is not null)
        ) as m (member, kind, given)
       union all
      select format('/scores/%s/%s', s.position - 1, b.member), b.code, b.told, b.broken
        from (select v.position, v.score ->> 'criterion' as criterion, (v.score ->> 'score')::integer as score,
                     count(*) over (partition by v.score ->> 'criterion') as times
                from jsonb_array_elements(a.scores) with ordinality v (score, position)) s
             left join jsonb_to_recordset(criteria) as c (code text, max_score integer) on c.code = s.criterion,
             lateral (values
               ('criterion', 'exists', null, c.code is null),
               ('criterion', 'unique', null, s.times > 1),
               ('score', 'too_large', c.max_score::text, s.score > c.max_score)
             ) as b (member, code, told, broken)
       where criteria is not null
       union all
      select '/scores', 'criterion_missing', c.code, not a.scores @> jsonb_build_array(jsonb_build_object('criterion', c.code))
        from jsonb_to_recordset(criteria) as c (code text)
       where a.scores <> '[]'
      ) as rule (pointer, code, told, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.star_rubric); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(r public.star_rubric) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.most::text)))
      from (values
        ('/levels', 'too_many_items', star_scheme_stars(r.scheme), jsonb_array_length(r.levels) > star_scheme_stars(r.scheme))
       union all
      select format('/criteria/%s/code', c.position - 1), 'unique', null, count(*) over (partition by c.criterion ->> 'code') > 1
        from jsonb_array_elements(r.criteria) with ordinality c (criterion, position)
       union all
      select format('/levels/%s/%s', l.position - 1, b.member), b.code, b.most, b.broken
        from (select v.position, (v.level ->> 'stars')::integer as stars, (v.level ->> 'min_total')::integer as min_total,
                     lag((v.level ->> 'min_total')::integer) over (order by v.position) as below
                from jsonb_array_elements(r.levels) with ordinality v (level, position)) l,
             lateral (values
               ('stars', 'consecutive', null, l.stars <> l.position),
               ('min_total', 'not_rising', null, l.min_total <= l.below),
               ('min_total', 'too_large', star_max_total(r.criteria), l.min_total > star_max_total(r.criteria))
             ) as b (member, code, most, broken)
       union all
      select format('/levels/%s/documents/%s/categories', l.position - 1, d.position - 1), 'exists', null,
             exists (select
                       from jsonb_array_elements_text(d.document -> 'categories') k (category)
                            left join reference c on c.list = 'categories' and c.code = k.category
                      where c.code is null)
        from jsonb_array_elements(r.levels) with ordinality l (level, position),
             jsonb_array_elements(l.level -> 'documents') with ordinality d (document, position)
      ) as rule (pointer, code, most, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.target); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(t public.target) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(t.village_code) where t.village_code is not null
             union all
            values
        ('/indicator', 'exists', not exists (select from reference r where r.list = 'indicators' and r.code = t.indicator)),
        ('/district_code', 'exists', t.district_code is not null
           and not exists (select from district d where d.code = t.district_code)),
        ('/district_code', 'one_area', num_nonnulls(t.village_code, t.district_code) = 2),
        ('/period_to', 'before_start', t.period_to < t.period_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.training_program); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(p public.training_program) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code) where p.village_code is not null
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = p.topic)),
        ('/starts_on', 'future', p.status = 'held' and p.starts_on > today()),
        ('/ends_on', 'before_start', p.ends_on < p.starts_on),
        ('/village_code', 'program_village', exists (select
                                                       from mentoring_session s
                                                      where s.program_id = p.id
                                                        and s.deleted_at is null
                                                        and p.village_code <> any (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.umkm); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(u public.umkm) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(u.village_code)
             union all
            values
        ('/kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
        ('/kbli_code', 'exists', not exists (select from reference c
                                              where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition)
                                 and u.kbli_code is not null and u.kbli_edition is not null),
        ('/founded_on', 'future', u.founded_on > today()),
        ('/workers_disabled', 'more_than_workers', u.workers_disabled > u.workers_male + u.workers_female),
        ('/village_enterprise_id', 'exists', u.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = u.village_enterprise_id and e.deleted_at is null and u.village_code = any (e.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.umkm_consent); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(c public.umkm_consent) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/given_on', 'required', c.given_on is null
                                  and (c.contact_public or num_nonnulls(c.public_owner_name, c.withdrawn_on) > 0)),
        ('/given_on', 'future', c.given_on > today()),
        ('/withdrawn_on', 'future', c.withdrawn_on > today()),
        ('/withdrawn_on', 'before_start', c.withdrawn_on < c.given_on),
        ('/contact_public', 'withdrawn', c.withdrawn_on is not null and c.contact_public),
        ('/public_owner_name', 'withdrawn', num_nonnulls(c.withdrawn_on, c.public_owner_name) = 2)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(v public.village) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/index_name', 'together', num_nulls(v.index_name, v.index_year, v.index_score, v.index_status) not in (0, 4)),
        ('/index_name', 'desa_only', v.kind <> 'desa' and v.index_name is not null),
        ('/index_status', 'idm_band', v.index_name = 'idm' and v.index_status <> case
           when v.index_score <= 0.4907 then 'sangat_tertinggal'
           when v.index_score <= 0.5989 then 'tertinggal'
           when v.index_score <= 0.7072 then 'berkembang'
           when v.index_score <= 0.8155 then 'maju'
           else 'mandiri'
         end)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.village_enterprise); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(e public.village_enterprise) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code, e.villages)
             union all
            values
        ('/villages', 'one_village', e.kind = 'bumdes' and cardinality(e.villages) <> 1),
        ('/villages', 'several_villages', e.kind = 'bumdesma' and cardinality(e.villages) < 2),
        ('/established_on', 'future', e.established_on > today()),
        ('/rank_year', 'together', (e.rank is null) <> (e.rank_year is null)),
        ('/rank_year', 'future', e.rank_year > extract(year from today()))
       union all
      select format('/unit_businesses/%s/%s', u.position, r.member), r.code, r.broken
        from (select b.position - 1 as position, b.unit ->> 'kbli_code' as kbli_code, b.unit ->> 'kbli_edition' as kbli_edition,
                     (b.unit ->> 'started_on')::date as started_on,
                     row_number() over (partition by lower(b.unit ->> 'name') order by b.position) as times
                from jsonb_array_elements(e.unit_businesses) with ordinality b (unit, position)) u,
             lateral (values
               ('name', 'duplicate_items', u.times > 1),
               ('kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
               ('kbli_code', 'exists', not exists (select
                                                     from reference c
                                                    where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition)
                                       and u.kbli_code is not null and u.kbli_edition is not null),
               ('started_on', 'future', u.started_on > today())
             ) as r (member, code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: violations(public.village_potential); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(p public.village_potential) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code)
             union all
            values
        ('/category', 'exists', p.category is not null
           and not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/unit', 'together', (p.quantity is null) <> (p.unit is null)),
        -- The row as it was: a record begins where the village stands, and any way back is a correction.
        ('/stage', 'one_step', potential_step(p.stage) > 1 + (select potential_step(o.stage)
                                                                from village_potential o
                                                               where o.id = p.id)),
        ('/product_id', 'together', (p.product_id is null) = (p.stage = 'product')),
        ('/product_id', 'exists', p.product_id is not null
           and not exists (select from product m
                            where m.id = p.product_id and m.deleted_at is null and p.village_code = any (m.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: visit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.visit (
    visited_on date NOT NULL,
    place text,
    purpose text NOT NULL,
    led_by text NOT NULL,
    summary text,
    village_code text NOT NULL,
    villages text[] NOT NULL,
    district_codes text[] GENERATED ALWAYS AS (public.district_codes(villages)) STORED NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((purpose || ' '::text) || COALESCE(place, ''::text)) || ' '::text) || COALESCE(summary, ''::text)))) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    status text DEFAULT 'planned'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT visit_led_by__enum CHECK ((led_by = ANY (ARRAY['bupati'::text, 'deputy_bupati'::text, 'regional_secretary'::text, 'dinas'::text, 'camat'::text, 'other'::text]))),
    CONSTRAINT visit_status__enum CHECK ((status = ANY ('{cancelled,done,planned}'::text[]))),
    CONSTRAINT visit_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.visit FORCE ROW LEVEL SECURITY;


--
-- Name: violations(public.visit); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violations(v public.visit) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(v.village_code, v.villages)
             union all
            values
        ('/visited_on', 'future', v.status = 'done' and v.visited_on > today()),
        ('/visited_on', 'before_start', exists (select from commitment c
                                                 where c.visit_id = v.id and c.deleted_at is null
                                                   and c.due_on < v.visited_on)),
        ('/villages', 'in_use', exists (select from aspiration a
                                         where a.visit_id = v.id and a.deleted_at is null and a.village_code <> all (v.villages))
                                or exists (select from commitment c
                                            where c.visit_id = v.id and c.deleted_at is null
                                              and c.village_code <> all (v.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;


--
-- Name: visit_brief(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.visit_brief(visit_id uuid) RETURNS TABLE(brief json)
    LANGUAGE sql STABLE
    AS $$
  select json_build_object('id', v.id, 'visited_on', v.visited_on, 'purpose', v.purpose, 'led_by', v.led_by, 'status', v.status)
    from visit v
   where v.id = visit_id
$$;


--
-- Name: visit_row(public.visit, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.visit_row(v public.visit, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, visited_on date, place text, purpose text, led_by text, summary text, village_code text, villages json, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select v.id, v.visited_on, v.place, v.purpose, v.led_by, v.summary, v.village_code, to_json(v.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(v.village_code) b) end,
         v.status, v.status_note, a.allowed_actions, v.version, v.source, v.created_at, v.created_by, v.updated_at, v.updated_by
    from allowed_actions('visit', v.status, v.writers, v.village_code) a
$$;


--
-- Name: visit_rows(uuid[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.visit_rows(ids uuid[], expand text[]) RETURNS TABLE(id uuid, visited_on date, place text, purpose text, led_by text, summary text, village_code text, villages json, village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE plpgsql STABLE
    SET plan_cache_mode TO 'force_generic_plan'
    AS $_$
      begin
        return query
        select r.*
          from (select n.* from visit n where n.id = any ($1) offset 0) n, visit_row(n, $2) r
         order by array_position($1, n.id);
      end
      $_$;


--
-- Name: visit_takes_place(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.visit_takes_place() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  v visit;
begin
  select * into v from visit where id = new.visit_id for share;
  if v.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if v.status = 'cancelled' then
    perform refuse('state_conflict', violation('', 'visit_cancelled'));
  end if;
  if new.village_code <> all (v.villages) then
    perform refuse('validation_failed', violation('/village_code', 'not_visited'));
  end if;
  return new;
end
$$;


--
-- Name: workflow_map_derive(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.workflow_map_derive() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  delete from workflow_map;
  insert into workflow_map
  select m.name, m.role, case m.role when 'system' then m.write_scope end, jsonb_object_agg(m.status, m.actions)
    from (select r.name, r.write_scope, may.role, t.from_status || o.suffix || w.suffix as status,
                 jsonb_agg(t.action order by t.position) as actions
            from resource r
                 join workflow_transition t on t.workflow = r.workflow
                 cross join unnest(step_roles(r, t)) may (role)
                 cross join (values ('', false), (' open', true)) o (suffix, open)
                 cross join (values ('', false), (' wrote', true)) w (suffix, wrote)
           where not (t.decides and w.wrote)
             and (t.change_request is not distinct from 'closes') = o.open
           group by r.name, may.role, 4) m
   group by m.name, m.role, m.write_scope;
  return null;
end
$$;


--
-- Name: workflow_target(text, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.workflow_target(resource text, status text, action text) RETURNS text
    LANGUAGE plpgsql STABLE
    AS $$
#variable_conflict use_variable
declare
  target text;
begin
  if not exists (select
                   from resource r
                        join workflow_transition t on t.workflow = r.workflow
                  where r.name = resource
                    and t.action = action
                    and claim_role() = any (step_roles(r, t))) then
    perform refuse('forbidden');
  end if;

  select t.to_status
    into target
    from resource r
         join workflow_transition t on t.workflow = r.workflow
   where r.name = resource
     and t.action = action
     and t.from_status = status;

  if target is null then
    perform refuse('state_conflict');
  end if;
  return target;
end
$$;


--
-- Name: audit_log_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.audit_log ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: audit_mark; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_mark (
    last_id bigint NOT NULL,
    next_xid xid8 NOT NULL
);

ALTER TABLE ONLY public.audit_mark FORCE ROW LEVEL SECURITY;


--
-- Name: audit_seal_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.audit_seal ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.audit_seal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: credential; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.credential (
    subject uuid NOT NULL,
    digest text NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.credential FORCE ROW LEVEL SECURITY;


--
-- Name: dinas_contact; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dinas_contact (
    name text NOT NULL,
    phone text,
    whatsapp text,
    email text,
    links text[] DEFAULT '{}'::text[] NOT NULL
);


--
-- Name: export_total; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.export_total (
    year integer NOT NULL,
    hs_chapter text NOT NULL,
    country_code text NOT NULL,
    exporter text NOT NULL,
    business text NOT NULL,
    shipments integer NOT NULL,
    quantity_kg numeric NOT NULL,
    fob_idr numeric NOT NULL
);

ALTER TABLE ONLY public.export_total FORCE ROW LEVEL SECURITY;


--
-- Name: idempotency_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_key (
    principal text NOT NULL,
    key text NOT NULL,
    hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    reply json
);

ALTER TABLE ONLY public.idempotency_key FORCE ROW LEVEL SECURITY;


--
-- Name: login_throttle; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.login_throttle (
    account text NOT NULL,
    address text NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    last_at timestamp with time zone DEFAULT now() NOT NULL,
    next_at timestamp with time zone,
    succeeded_at timestamp with time zone
);

ALTER TABLE ONLY public.login_throttle FORCE ROW LEVEL SECURITY;


--
-- Name: personal_read; Type: TABLE; Schema: public; Owner: -
--

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
    request_id text DEFAULT (public.claims() ->> 'request_id'::text)
);

ALTER TABLE ONLY public.personal_read FORCE ROW LEVEL SECURITY;


--
-- Name: personal_read_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.personal_read ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.personal_read_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: refresh_family; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.refresh_family (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    subject uuid NOT NULL,
    revoked_at timestamp with time zone
);

ALTER TABLE ONLY public.refresh_family FORCE ROW LEVEL SECURITY;


--
-- Name: refresh_token; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.refresh_token (
    hash text NOT NULL,
    family uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE ONLY public.refresh_token FORCE ROW LEVEL SECURITY;


--
-- Name: report_figure; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report_figure (
    report text NOT NULL,
    figure text NOT NULL,
    "position" integer NOT NULL,
    unit text NOT NULL,
    definition_id text NOT NULL,
    definition_en text NOT NULL
);


--
-- Name: retention; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.retention (
    resource text NOT NULL,
    months integer NOT NULL,
    CONSTRAINT retention_months_check CHECK ((months > 0))
);


--
-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_migrations (
    number integer NOT NULL,
    name text,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: schema_seeds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_seeds (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: workflow; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workflow (
    name text NOT NULL,
    initial text NOT NULL
);


--
-- Name: workflow_map; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workflow_map (
    resource text NOT NULL,
    role text NOT NULL,
    write_scope text,
    actions jsonb NOT NULL
);


--
-- Name: aspiration aspiration_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_id__unique PRIMARY KEY (id);


--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);


--
-- Name: audit_seal audit_seal_last_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_last_id_key UNIQUE (last_id);


--
-- Name: audit_seal audit_seal_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (id);


--
-- Name: buyer buyer_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.buyer
    ADD CONSTRAINT buyer_id__unique PRIMARY KEY (id);


--
-- Name: certification certification_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_id__unique PRIMARY KEY (id);


--
-- Name: commitment commitment_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_id__unique PRIMARY KEY (id);


--
-- Name: commitment_progress commitment_progress_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_id__unique PRIMARY KEY (id);


--
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (subject);


--
-- Name: data_subject_request data_subject_request_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_id__unique PRIMARY KEY (id);


--
-- Name: district district_bps_code__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_bps_code__unique UNIQUE (bps_code);


--
-- Name: district district_code__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_code__unique PRIMARY KEY (code);


--
-- Name: district district_code_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_code_name_key UNIQUE (code, name);


--
-- Name: export export_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_id__unique PRIMARY KEY (id);


--
-- Name: export_total export_total_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.export_total
    ADD CONSTRAINT export_total_pkey PRIMARY KEY (year, exporter, business, country_code, hs_chapter);


--
-- Name: flagship flagship_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_id__unique PRIMARY KEY (id);


--
-- Name: flagship flagship_valid_from__one_flagship; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_valid_from__one_flagship EXCLUDE USING gist (village_code WITH =, daterange(valid_from, valid_to, '[]'::text) WITH &&) WHERE (((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL)));


--
-- Name: idempotency_key idempotency_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_key
    ADD CONSTRAINT idempotency_key_pkey PRIMARY KEY (principal, key);


--
-- Name: login_throttle login_throttle_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.login_throttle
    ADD CONSTRAINT login_throttle_pkey PRIMARY KEY (account, address);


--
-- Name: mentoring_action_item mentoring_action_item_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_id__unique PRIMARY KEY (id);


--
-- Name: mentoring_participant mentoring_participant_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_id__unique PRIMARY KEY (id);


--
-- Name: mentoring_session mentoring_session_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_id__unique PRIMARY KEY (id);


--
-- Name: outcome outcome_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_id__unique PRIMARY KEY (id);


--
-- Name: personal_data personal_data_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_data
    ADD CONSTRAINT personal_data_pkey PRIMARY KEY (table_name);


--
-- Name: personal_data personal_data_resource_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_data
    ADD CONSTRAINT personal_data_resource_key UNIQUE (resource);


--
-- Name: personal_read personal_read_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_read
    ADD CONSTRAINT personal_read_pkey PRIMARY KEY (id);


--
-- Name: personal_record personal_record_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_record
    ADD CONSTRAINT personal_record_pkey PRIMARY KEY (id);


--
-- Name: personal_record personal_record_resource_record_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_record
    ADD CONSTRAINT personal_record_resource_record_id_key UNIQUE (resource, record_id);


--
-- Name: product product_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_id__unique PRIMARY KEY (id);


--
-- Name: production_report production_report_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_id__unique PRIMARY KEY (id);


--
-- Name: reference reference_code__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reference
    ADD CONSTRAINT reference_code__unique UNIQUE NULLS NOT DISTINCT (list, code, edition);


--
-- Name: reference reference_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reference
    ADD CONSTRAINT reference_id__unique PRIMARY KEY (id);


--
-- Name: refresh_family refresh_family_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_family
    ADD CONSTRAINT refresh_family_pkey PRIMARY KEY (id);


--
-- Name: refresh_token refresh_token_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (hash);


--
-- Name: report_figure report_figure_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_figure
    ADD CONSTRAINT report_figure_pkey PRIMARY KEY (report, figure);


--
-- Name: report_snapshot report_snapshot_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_snapshot
    ADD CONSTRAINT report_snapshot_id__unique PRIMARY KEY (id);


--
-- Name: resource resource_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (name);


--
-- Name: retention retention_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (resource);


--
-- Name: schema_migrations schema_migrations_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_name_key UNIQUE (name);


--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (number);


--
-- Name: schema_seeds schema_seeds_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_seeds
    ADD CONSTRAINT schema_seeds_pkey PRIMARY KEY (name);


--
-- Name: service_account service_account_client_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_account
    ADD CONSTRAINT service_account_client_id__unique UNIQUE (client_id);


--
-- Name: service_account service_account_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.service_account
    ADD CONSTRAINT service_account_id__unique PRIMARY KEY (id);


--
-- Name: star_assessment star_assessment_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_id__unique PRIMARY KEY (id);


--
-- Name: star_rubric star_rubric_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_rubric
    ADD CONSTRAINT star_rubric_id__unique PRIMARY KEY (id);


--
-- Name: star_rubric star_rubric_year__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_rubric
    ADD CONSTRAINT star_rubric_year__unique UNIQUE (scheme, year);


--
-- Name: target target_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_id__unique PRIMARY KEY (id);


--
-- Name: training_program training_program_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.training_program
    ADD CONSTRAINT training_program_id__unique PRIMARY KEY (id);


--
-- Name: umkm_consent umkm_consent_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm_consent
    ADD CONSTRAINT umkm_consent_id__unique PRIMARY KEY (id);


--
-- Name: umkm umkm_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_id__unique PRIMARY KEY (id);


--
-- Name: umkm umkm_id_village_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_id_village_code_key UNIQUE (id, village_code);


--
-- Name: umkm_owner umkm_owner_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm_owner
    ADD CONSTRAINT umkm_owner_id__unique PRIMARY KEY (id);


--
-- Name: user_account user_account_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_id__unique PRIMARY KEY (id);


--
-- Name: user_account user_account_username__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_account
    ADD CONSTRAINT user_account_username__unique UNIQUE (username);


--
-- Name: village village_bps_code__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_bps_code__unique UNIQUE (bps_code);


--
-- Name: village village_code__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_code__unique PRIMARY KEY (code);


--
-- Name: village_enterprise village_enterprise_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village_enterprise
    ADD CONSTRAINT village_enterprise_id__unique PRIMARY KEY (id);


--
-- Name: village_potential village_potential_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_id__unique PRIMARY KEY (id);


--
-- Name: visit visit_id__unique; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_id__unique PRIMARY KEY (id);


--
-- Name: workflow_map workflow_map_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workflow_map
    ADD CONSTRAINT workflow_map_pkey PRIMARY KEY (resource, role);


--
-- Name: workflow workflow_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workflow
    ADD CONSTRAINT workflow_pkey PRIMARY KEY (name);


--
-- Name: workflow_transition workflow_transition_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workflow_transition
    ADD CONSTRAINT workflow_transition_pkey PRIMARY KEY (workflow, action, from_status);


--
-- Name: aspiration_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_created_at_id_idx ON public.aspiration USING btree (created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_district_code_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_district_code_created_at_id_idx ON public.aspiration USING btree (district_code, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_kind_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_kind_created_at_id_idx ON public.aspiration USING btree (kind, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_priority_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_priority_created_at_id_idx ON public.aspiration USING btree (priority, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_search_idx ON public.aspiration USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_status_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_status_created_at_id_idx ON public.aspiration USING btree (status, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_topic_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_topic_created_at_id_idx ON public.aspiration USING btree (topic, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_updated_at_id_idx ON public.aspiration USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_village_code_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_village_code_created_at_id_idx ON public.aspiration USING btree (village_code, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: aspiration_visit_id_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX aspiration_visit_id_created_at_id_idx ON public.aspiration USING btree (visit_id, created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: audit_log_record; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_record ON public.audit_log USING btree (resource, record_id, id);


--
-- Name: buyer_country_code_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_country_code_name_id_idx ON public.buyer USING btree (country_code, name, id) WHERE (deleted_at IS NULL);


--
-- Name: buyer_district_code_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_district_code_name_id_idx ON public.buyer USING btree (district_code, name, id) WHERE (deleted_at IS NULL);


--
-- Name: buyer_kind_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_kind_name_id_idx ON public.buyer USING btree (kind, name, id) WHERE (deleted_at IS NULL);


--
-- Name: buyer_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_name_id_idx ON public.buyer USING btree (name, id) WHERE (deleted_at IS NULL);


--
-- Name: buyer_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_search_idx ON public.buyer USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: buyer_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_updated_at_id_idx ON public.buyer USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: buyer_village_code_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX buyer_village_code_name_id_idx ON public.buyer USING btree (village_code, name, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_district_codes_idx ON public.certification USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: certification_ends_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_ends_on_id_idx ON public.certification USING btree (ends_on, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_ends_on_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_ends_on_id_idx1 ON public.certification USING btree (ends_on, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: certification_holder_umkm_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_holder_umkm_id_idx ON public.certification USING btree (holder_umkm_id) WHERE (deleted_at IS NULL);


--
-- Name: certification_issued_on_ends_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_issued_on_ends_on_id_idx ON public.certification USING btree (issued_on, ends_on, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_kind_ends_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_kind_ends_on_id_idx ON public.certification USING btree (kind, ends_on, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_number__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX certification_number__unique ON public.certification USING btree (kind, upper(number)) WHERE ((deleted_at IS NULL) AND (status <> ALL (ARRAY['rejected'::text, 'archived'::text])) AND (kind <> ALL (ARRAY['sni'::text, 'lab'::text])));


--
-- Name: certification_product_id_kind_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_product_id_kind_idx ON public.certification USING btree (product_id, kind) WHERE (deleted_at IS NULL);


--
-- Name: certification_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_search_idx ON public.certification USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: certification_status_ends_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_status_ends_on_id_idx ON public.certification USING btree (status, ends_on, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_umkm_id_kind_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_umkm_id_kind_idx ON public.certification USING btree (umkm_id, kind) WHERE (deleted_at IS NULL);


--
-- Name: certification_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_updated_at_id_idx ON public.certification USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_updated_at_id_idx1 ON public.certification USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: certification_village_code_ends_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_village_code_ends_on_id_idx ON public.certification USING btree (village_code, ends_on, id) WHERE (deleted_at IS NULL);


--
-- Name: certification_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certification_villages_idx ON public.certification USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: commitment_aspiration_id_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_aspiration_id_due_on_id_idx ON public.commitment USING btree (aspiration_id, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_district_code_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_district_code_due_on_id_idx ON public.commitment USING btree (district_code, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_due_on_id_idx ON public.commitment USING btree (due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_due_on_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_due_on_id_idx1 ON public.commitment USING btree (due_on, id) WHERE ((status = ANY (ARRAY['open'::text, 'in_progress'::text])) AND (deleted_at IS NULL));


--
-- Name: commitment_office_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_office_due_on_id_idx ON public.commitment USING btree (office, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_progress_commitment_id_noted_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_progress_commitment_id_noted_on_id_idx ON public.commitment_progress USING btree (commitment_id, noted_on, id);


--
-- Name: commitment_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_search_idx ON public.commitment USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: commitment_status_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_status_due_on_id_idx ON public.commitment USING btree (status, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_updated_at_id_idx ON public.commitment USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_village_code_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_village_code_due_on_id_idx ON public.commitment USING btree (village_code, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: commitment_visit_id_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX commitment_visit_id_due_on_id_idx ON public.commitment USING btree (visit_id, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_buyer_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_buyer_id_idx ON public.data_subject_request USING btree (buyer_id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_district_code_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_district_code_due_at_id_idx ON public.data_subject_request USING btree (district_code, due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_due_at_id_idx ON public.data_subject_request USING btree (due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_due_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_due_at_id_idx1 ON public.data_subject_request USING btree (due_at, id) WHERE (status = ANY (ARRAY['received'::text, 'granted'::text]));


--
-- Name: data_subject_request_kind_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_kind_due_at_id_idx ON public.data_subject_request USING btree (kind, due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_session_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_session_id_idx ON public.data_subject_request USING btree (session_id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_status_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_status_due_at_id_idx ON public.data_subject_request USING btree (status, due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_umkm_id_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_umkm_id_due_at_id_idx ON public.data_subject_request USING btree (umkm_id, due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_updated_at_id_idx ON public.data_subject_request USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: data_subject_request_village_code_due_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX data_subject_request_village_code_due_at_id_idx ON public.data_subject_request USING btree (village_code, due_at, id) WHERE (deleted_at IS NULL);


--
-- Name: dinas_contact_one; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX dinas_contact_one ON public.dinas_contact USING btree ((true));


--
-- Name: export_buyer_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_buyer_id_idx ON public.export USING btree (buyer_id) WHERE (deleted_at IS NULL);


--
-- Name: export_destination_country_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_destination_country_exported_on_id_idx ON public.export USING btree (destination_country, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_district_code_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_district_code_exported_on_id_idx ON public.export USING btree (district_code, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_evidence_grade_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_evidence_grade_exported_on_id_idx ON public.export USING btree (evidence_grade, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_exported_on_id_idx ON public.export USING btree (exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_mode_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_mode_exported_on_id_idx ON public.export USING btree (mode, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_product_ids_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_product_ids_idx ON public.export USING gin (product_ids) WHERE (deleted_at IS NULL);


--
-- Name: export_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_search_idx ON public.export USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: export_status_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_status_exported_on_id_idx ON public.export USING btree (status, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_umkm_ids_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_umkm_ids_idx ON public.export USING gin (umkm_ids) WHERE (deleted_at IS NULL);


--
-- Name: export_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_updated_at_id_idx ON public.export USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: export_village_code_exported_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_village_code_exported_on_id_idx ON public.export USING btree (village_code, exported_on, id) WHERE (deleted_at IS NULL);


--
-- Name: export_village_enterprise_ids_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX export_village_enterprise_ids_idx ON public.export USING gin (village_enterprise_ids) WHERE (deleted_at IS NULL);


--
-- Name: flagship_district_code_valid_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_district_code_valid_from_id_idx ON public.flagship USING btree (district_code, valid_from, id) WHERE (deleted_at IS NULL);


--
-- Name: flagship_product_id_valid_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_product_id_valid_from_id_idx ON public.flagship USING btree (product_id, valid_from, id) WHERE (deleted_at IS NULL);


--
-- Name: flagship_status_valid_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_status_valid_from_id_idx ON public.flagship USING btree (status, valid_from, id) WHERE (deleted_at IS NULL);


--
-- Name: flagship_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_updated_at_id_idx ON public.flagship USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: flagship_valid_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_valid_from_id_idx ON public.flagship USING btree (valid_from, id) WHERE (deleted_at IS NULL);


--
-- Name: flagship_valid_from_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_valid_from_id_idx1 ON public.flagship USING btree (valid_from, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: flagship_valid_to_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_valid_to_idx ON public.flagship USING btree (valid_to) WHERE ((status = ANY (ARRAY['verified'::text, 'published'::text])) AND (deleted_at IS NULL));


--
-- Name: flagship_village_code_valid_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX flagship_village_code_valid_from_id_idx ON public.flagship USING btree (village_code, valid_from, id) WHERE (deleted_at IS NULL);


--
-- Name: idempotency_key_created_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_key_created_at_idx ON public.idempotency_key USING btree (created_at);


--
-- Name: login_throttle_last_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX login_throttle_last_at_idx ON public.login_throttle USING btree (last_at);


--
-- Name: mentoring_action_item_district_code_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_district_code_due_on_id_idx ON public.mentoring_action_item USING btree (district_code, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_due_on_id_idx ON public.mentoring_action_item USING btree (due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_due_on_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_due_on_id_idx1 ON public.mentoring_action_item USING btree (due_on, id) WHERE ((state = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: mentoring_action_item_session_id_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_session_id_due_on_id_idx ON public.mentoring_action_item USING btree (session_id, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_state_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_state_due_on_id_idx ON public.mentoring_action_item USING btree (state, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_umkm_id_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_umkm_id_due_on_id_idx ON public.mentoring_action_item USING btree (umkm_id, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_updated_at_id_idx ON public.mentoring_action_item USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_action_item_village_code_due_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_action_item_village_code_due_on_id_idx ON public.mentoring_action_item USING btree (village_code, due_on, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_participant_district_code_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_participant_district_code_idx ON public.mentoring_participant USING btree (district_code) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_participant_umkm_id__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX mentoring_participant_umkm_id__unique ON public.mentoring_participant USING btree (session_id, umkm_id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_participant_umkm_id_session_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_participant_umkm_id_session_id_idx ON public.mentoring_participant USING btree (umkm_id, session_id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_participant_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_participant_updated_at_id_idx ON public.mentoring_participant USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_participant_village_code_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_participant_village_code_idx ON public.mentoring_participant USING btree (village_code) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_district_codes_idx ON public.mentoring_session USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_kind_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_kind_starts_at_id_idx ON public.mentoring_session USING btree (kind, starts_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_program_id_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_program_id_starts_at_id_idx ON public.mentoring_session USING btree (program_id, starts_at, id);


--
-- Name: mentoring_session_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_search_idx ON public.mentoring_session USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_starts_at_id_idx ON public.mentoring_session USING btree (starts_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_status_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_status_starts_at_id_idx ON public.mentoring_session USING btree (status, starts_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_topic_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_topic_starts_at_id_idx ON public.mentoring_session USING btree (topic, starts_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_updated_at_id_idx ON public.mentoring_session USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_village_code_starts_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_village_code_starts_at_id_idx ON public.mentoring_session USING btree (village_code, starts_at, id) WHERE (deleted_at IS NULL);


--
-- Name: mentoring_session_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mentoring_session_villages_idx ON public.mentoring_session USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: outcome_district_code_observed_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_district_code_observed_on_id_idx ON public.outcome USING btree (district_code, observed_on, id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_kind_observed_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_kind_observed_on_id_idx ON public.outcome USING btree (kind, observed_on, id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_observed_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_observed_on_id_idx ON public.outcome USING btree (observed_on, id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_program_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_program_id_idx ON public.outcome USING btree (program_id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_search_idx ON public.outcome USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: outcome_session_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_session_id_idx ON public.outcome USING btree (session_id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_status_observed_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_status_observed_on_id_idx ON public.outcome USING btree (status, observed_on, id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_umkm_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_umkm_id_idx ON public.outcome USING btree (umkm_id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_updated_at_id_idx ON public.outcome USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: outcome_village_code_observed_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outcome_village_code_observed_on_id_idx ON public.outcome USING btree (village_code, observed_on, id) WHERE (deleted_at IS NULL);


--
-- Name: personal_read_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_at_id_idx ON public.personal_read USING btree (at, id);


--
-- Name: personal_read_record_id_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_record_id_at_id_idx ON public.personal_read USING btree (record_id, at, id);


--
-- Name: personal_read_resource_record_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_resource_record_id_id_idx ON public.personal_read USING btree (resource, record_id, id);


--
-- Name: personal_read_subject_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_subject_at_id_idx ON public.personal_read USING btree (subject, at, id);


--
-- Name: personal_read_village_code_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_village_code_at_id_idx ON public.personal_read USING btree (village_code, at, id);


--
-- Name: personal_record_district_code_due_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_district_code_due_id_idx ON public.personal_record USING btree (district_code, due, id);


--
-- Name: personal_record_due_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_due_id_idx ON public.personal_record USING btree (due, id);


--
-- Name: personal_record_hashes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_hashes_idx ON public.personal_record USING gin (hashes);


--
-- Name: personal_record_resource_due_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_resource_due_id_idx ON public.personal_record USING btree (resource, due, id);


--
-- Name: personal_record_umkm_id_due_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_umkm_id_due_id_idx ON public.personal_record USING btree (umkm_id, due, id);


--
-- Name: personal_record_village_code_due_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_record_village_code_due_id_idx ON public.personal_record USING btree (village_code, due, id);


--
-- Name: product_category_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_category_name_id_id_idx ON public.product USING btree (category, name_id, id) WHERE (deleted_at IS NULL);


--
-- Name: product_category_name_id_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_category_name_id_id_idx1 ON public.product USING btree (category, name_id, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: product_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_created_at_id_idx ON public.product USING btree (created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: product_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_district_codes_idx ON public.product USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: product_hs_code_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_hs_code_name_id_id_idx ON public.product USING btree (hs_code, name_id, id) WHERE (deleted_at IS NULL);


--
-- Name: product_market_reach_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_market_reach_name_id_id_idx ON public.product USING btree (market_reach, name_id, id) WHERE (deleted_at IS NULL);


--
-- Name: product_market_reach_name_id_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_market_reach_name_id_id_idx1 ON public.product USING btree (market_reach, name_id, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: product_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_name_id_id_idx ON public.product USING btree (name_id, id) WHERE (deleted_at IS NULL);


--
-- Name: product_name_id_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_name_id_id_idx1 ON public.product USING btree (name_id, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: product_name_id_id_idx2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_name_id_id_idx2 ON public.product USING btree (name_id, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: product_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_search_idx ON public.product USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: product_status_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_status_updated_at_id_idx ON public.product USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: product_umkm_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_umkm_id_idx ON public.product USING btree (umkm_id) WHERE (deleted_at IS NULL);


--
-- Name: product_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_updated_at_id_idx ON public.product USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: product_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_updated_at_id_idx1 ON public.product USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: product_updated_at_id_idx2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_updated_at_id_idx2 ON public.product USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: product_village_code_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_village_code_name_id_id_idx ON public.product USING btree (village_code, name_id, id) WHERE (deleted_at IS NULL);


--
-- Name: product_village_enterprise_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_village_enterprise_id_idx ON public.product USING btree (village_enterprise_id) WHERE (deleted_at IS NULL);


--
-- Name: product_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_villages_idx ON public.product USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: product_villages_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX product_villages_idx1 ON public.product USING gin (villages) WHERE ((deleted_at IS NULL) AND (cardinality(villages) > 1));


--
-- Name: production_report_district_code_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_district_code_month_id_idx ON public.production_report USING btree (district_code, month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_month__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX production_report_month__unique ON public.production_report USING btree (umkm_id, month) INCLUDE (turnover_idr, workers_total, status, village_code) WHERE ((deleted_at IS NULL) AND (status <> 'archived'::text));


--
-- Name: production_report_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_month_id_idx ON public.production_report USING btree (month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_month_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_month_id_idx1 ON public.production_report USING btree (month, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: production_report_product_id_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_product_id_month_id_idx ON public.production_report USING btree (product_id, month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_status_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_status_month_id_idx ON public.production_report USING btree (status, month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_umkm_id_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_umkm_id_month_id_idx ON public.production_report USING btree (umkm_id, month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_updated_at_id_idx ON public.production_report USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_updated_at_id_idx1 ON public.production_report USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: production_report_village_code_month_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_village_code_month_id_idx ON public.production_report USING btree (village_code, month, id) WHERE (deleted_at IS NULL);


--
-- Name: production_report_village_code_verified_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX production_report_village_code_verified_at_idx ON public.production_report USING btree (village_code, verified_at) WHERE (deleted_at IS NULL);


--
-- Name: reference_list_name_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reference_list_name_id_id_idx ON public.reference USING btree (list, name_id, id);


--
-- Name: reference_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX reference_search_idx ON public.reference USING gin (search);


--
-- Name: refresh_family_subject_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_family_subject_idx ON public.refresh_family USING btree (subject);


--
-- Name: refresh_token_expires_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_token_expires_at_idx ON public.refresh_token USING btree (expires_at);


--
-- Name: refresh_token_family_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_token_family_idx ON public.refresh_token USING btree (family);


--
-- Name: report_snapshot_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_snapshot_created_at_id_idx ON public.report_snapshot USING btree (created_at, id);


--
-- Name: report_snapshot_report_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_snapshot_report_created_at_id_idx ON public.report_snapshot USING btree (report, created_at, id);


--
-- Name: service_account_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX service_account_search_idx ON public.service_account USING gin (search);


--
-- Name: star_assessment_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_district_codes_idx ON public.star_assessment USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_kind_result_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_kind_result_idx ON public.star_assessment USING btree (kind, result) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: star_assessment_kind_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_kind_year_id_idx ON public.star_assessment USING btree (kind, year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_product_id_kind_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_product_id_kind_year_id_idx ON public.star_assessment USING btree (product_id, kind, year, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: star_assessment_result_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_result_year_id_idx ON public.star_assessment USING btree (result, year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_rubric_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_rubric_id_idx ON public.star_assessment USING btree (rubric_id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_scheme_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_scheme_year_id_idx ON public.star_assessment USING btree (scheme, year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_search_idx ON public.star_assessment USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_status_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_status_year_id_idx ON public.star_assessment USING btree (status, year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_umkm_id_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_umkm_id_year_id_idx ON public.star_assessment USING btree (umkm_id, year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_updated_at_id_idx ON public.star_assessment USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_villages_idx ON public.star_assessment USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_year__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX star_assessment_year__unique ON public.star_assessment USING btree (product_id, scheme, year, kind) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_year_id_idx ON public.star_assessment USING btree (year, id) WHERE (deleted_at IS NULL);


--
-- Name: star_assessment_year_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_assessment_year_id_idx1 ON public.star_assessment USING btree (year, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: star_rubric_year_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX star_rubric_year_id_idx ON public.star_rubric USING btree (year, id);


--
-- Name: target_area_code_period_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_area_code_period_from_id_idx ON public.target USING btree (area_code, period_from, id) WHERE (deleted_at IS NULL);


--
-- Name: target_indicator__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX target_indicator__unique ON public.target USING btree (indicator, period_from, period_to, village_code, district_code) NULLS NOT DISTINCT WHERE (deleted_at IS NULL);


--
-- Name: target_indicator_period_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_indicator_period_from_id_idx ON public.target USING btree (indicator, period_from, id) WHERE (deleted_at IS NULL);


--
-- Name: target_period_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_period_from_id_idx ON public.target USING btree (period_from, id) WHERE (deleted_at IS NULL);


--
-- Name: target_period_from_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_period_from_id_idx1 ON public.target USING btree (period_from, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: target_status_period_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_status_period_from_id_idx ON public.target USING btree (status, period_from, id) WHERE (deleted_at IS NULL);


--
-- Name: target_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_updated_at_id_idx ON public.target USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: target_village_code_period_from_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX target_village_code_period_from_id_idx ON public.target USING btree (village_code, period_from, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_district_code_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_district_code_starts_on_id_idx ON public.training_program USING btree (district_code, starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_funding_source_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_funding_source_starts_on_id_idx ON public.training_program USING btree (funding_source, starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_search_idx ON public.training_program USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: training_program_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_starts_on_id_idx ON public.training_program USING btree (starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_status_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_status_starts_on_id_idx ON public.training_program USING btree (status, starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_title_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_title_id_idx ON public.training_program USING btree (title, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_topic_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_topic_starts_on_id_idx ON public.training_program USING btree (topic, starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_updated_at_id_idx ON public.training_program USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: training_program_village_code_starts_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX training_program_village_code_starts_on_id_idx ON public.training_program USING btree (village_code, starts_on, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_consent_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_consent_id_idx ON public.umkm_consent USING btree (id) WHERE processing_restricted;


--
-- Name: umkm_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_created_at_id_idx ON public.umkm USING btree (created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_district_code_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_district_code_name_id_idx ON public.umkm USING btree (district_code, name, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_external_reference_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_external_reference_idx ON public.umkm USING btree (external_reference) WHERE (deleted_at IS NULL);


--
-- Name: umkm_kbli_code_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_kbli_code_name_id_idx ON public.umkm USING btree (kbli_code, name, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_name_id_idx ON public.umkm USING btree (name, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_name_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_name_id_idx1 ON public.umkm USING btree (name, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: umkm_name_id_idx2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_name_id_idx2 ON public.umkm USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: umkm_nib__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX umkm_nib__unique ON public.umkm USING btree (nib) WHERE (deleted_at IS NULL);


--
-- Name: umkm_owner_hash_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_owner_hash_idx ON public.umkm_owner USING btree (((nik).hash));


--
-- Name: umkm_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_search_idx ON public.umkm USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: umkm_size_class_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_size_class_name_id_idx ON public.umkm USING btree (size_class, name, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_status_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_status_updated_at_id_idx ON public.umkm USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_updated_at_id_idx ON public.umkm USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_updated_at_id_idx1 ON public.umkm USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: umkm_updated_at_id_idx2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_updated_at_id_idx2 ON public.umkm USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: umkm_village_code_status_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_village_code_status_name_id_idx ON public.umkm USING btree (village_code, status, name, id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_village_enterprise_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_village_enterprise_id_idx ON public.umkm USING btree (village_enterprise_id) WHERE (deleted_at IS NULL);


--
-- Name: umkm_workers_total_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX umkm_workers_total_idx ON public.umkm USING btree (workers_total) WHERE (deleted_at IS NULL);


--
-- Name: user_account_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_account_search_idx ON public.user_account USING gin (search);


--
-- Name: village_district_code_name_code_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_district_code_name_code_idx ON public.village USING btree (district_code, name, code);


--
-- Name: village_enterprise_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_created_at_id_idx ON public.village_enterprise USING btree (created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_district_codes_idx ON public.village_enterprise USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_established_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_established_on_id_idx ON public.village_enterprise USING btree (established_on, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_kbli_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_kbli_codes_idx ON public.village_enterprise USING gin (kbli_codes) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_kind_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_kind_name_id_idx ON public.village_enterprise USING btree (kind, name, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_legal_number__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX village_enterprise_legal_number__unique ON public.village_enterprise USING btree (upper(legal_number)) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_name_id_idx ON public.village_enterprise USING btree (name, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_name_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_name_id_idx1 ON public.village_enterprise USING btree (name, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: village_enterprise_name_id_idx2; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_name_id_idx2 ON public.village_enterprise USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: village_enterprise_rank_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_rank_name_id_idx ON public.village_enterprise USING btree (rank, name, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_search_idx ON public.village_enterprise USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_status_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_status_name_id_idx ON public.village_enterprise USING btree (status, name, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_updated_at_id_idx ON public.village_enterprise USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_updated_at_id_idx1 ON public.village_enterprise USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


--
-- Name: village_enterprise_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_villages_idx ON public.village_enterprise USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: village_name_code_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_name_code_idx ON public.village USING btree (name, code);


--
-- Name: village_potential_category_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_category_commodity_id_idx ON public.village_potential USING btree (category, commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_commodity_id_idx ON public.village_potential USING btree (commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_commodity_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_commodity_id_idx1 ON public.village_potential USING btree (commodity, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: village_potential_created_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_created_at_id_idx ON public.village_potential USING btree (created_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_district_code_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_district_code_commodity_id_idx ON public.village_potential USING btree (district_code, commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_kind_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_kind_commodity_id_idx ON public.village_potential USING btree (kind, commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_product_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_product_id_idx ON public.village_potential USING btree (product_id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_search_idx ON public.village_potential USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_season_months_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_season_months_idx ON public.village_potential USING gin (season_months) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_stage_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_stage_commodity_id_idx ON public.village_potential USING btree (stage, commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_status_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_status_updated_at_id_idx ON public.village_potential USING btree (status, updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_updated_at_id_idx ON public.village_potential USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_potential_updated_at_id_idx1; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_updated_at_id_idx1 ON public.village_potential USING btree (updated_at, id) WHERE (((change_request).status = 'open'::text) AND (deleted_at IS NULL));


--
-- Name: village_potential_village_code_status_commodity_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_potential_village_code_status_commodity_id_idx ON public.village_potential USING btree (village_code, status, commodity, id) WHERE (deleted_at IS NULL);


--
-- Name: village_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_search_idx ON public.village USING gin (search);


--
-- Name: visit_district_codes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_district_codes_idx ON public.visit USING gin (district_codes) WHERE (deleted_at IS NULL);


--
-- Name: visit_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_search_idx ON public.visit USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: visit_status_visited_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_status_visited_on_id_idx ON public.visit USING btree (status, visited_on, id) WHERE (deleted_at IS NULL);


--
-- Name: visit_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_updated_at_id_idx ON public.visit USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: visit_village_code_visited_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_village_code_visited_on_id_idx ON public.visit USING btree (village_code, visited_on, id) WHERE (deleted_at IS NULL);


--
-- Name: visit_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_villages_idx ON public.visit USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: visit_visited_on_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX visit_visited_on_id_idx ON public.visit USING btree (visited_on, id) WHERE (deleted_at IS NULL);


--
-- Name: workflow_transition_workflow_from_status_to_status_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX workflow_transition_workflow_from_status_to_status_idx ON public.workflow_transition USING btree (workflow, from_status, to_status) WHERE (change_request IS DISTINCT FROM 'closes'::text);


--
-- Name: audit_log append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: audit_seal append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: commitment_progress append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.commitment_progress FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: personal_read append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.personal_read FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: aspiration audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.audit_row('aspiration', '{}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: buyer audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.audit_row('buyer', '{contact_name,contact_phone,contact_email}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: certification audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.audit_row('certification', '{}', '{district_codes,ends_on,public_number,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: commitment audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.audit_row('commitment', '{}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: commitment_progress audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.audit_row('commitment_progress', '{}', '{id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: data_subject_request audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.audit_row('data_subject_request', '{details}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: export audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.audit_row('export', '{}', '{evidence_grade,district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: flagship audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.audit_row('flagship', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: mentoring_action_item audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_action_item', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: mentoring_participant audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_participant', '{}', '{district_code,id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: mentoring_session audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.audit_row('mentoring_session', '{mentor_name,mentor_phone}', '{district_codes,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: outcome audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.audit_row('outcome', '{}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: product audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.audit_row('product', '{}', '{district_codes,market_reach,market_reached_on,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: production_report audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.audit_row('production_report', '{}', '{corrections,district_code,workers_total,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: reference audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.audit_row('reference', '{}', '{id,search,version,updated_at,updated_by}');


--
-- Name: report_snapshot audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.report_snapshot FOR EACH ROW EXECUTE FUNCTION public.audit_row('report_snapshot', '{result}', '{id,created_at,created_by}');


--
-- Name: service_account audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.audit_row('service_account', '{}', '{id,search,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: star_assessment audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.audit_row('star_assessment', '{}', '{district_codes,result,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: star_rubric audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.audit_row('star_rubric', '{}', '{id,max_total,version,updated_at,updated_by}');


--
-- Name: target audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.audit_row('target', '{}', '{area_code,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: training_program audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.audit_row('training_program', '{}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: umkm audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.audit_row('umkm', '{contact_phone,contact_whatsapp,contact_email,contact_links}', '{district_code,workers_total,size_class_computed,size_class_basis,size_class,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: umkm_consent audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.audit_row('umkm_consent', '{public_owner_name,evidence}', '{id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: umkm_owner audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.umkm_owner FOR EACH ROW EXECUTE FUNCTION public.audit_row('umkm_owner', '{name,nik,npwp,phone,address}', '{id,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: user_account audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.audit_row('user', '{full_name}', '{id,search,version,created_at,created_by,updated_at,updated_by}');


--
-- Name: village audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.audit_row('village', '{}', '{search,version,updated_at,updated_by}');


--
-- Name: village_enterprise audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.audit_row('village_enterprise', '{}', '{district_codes,kbli_codes,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: village_potential audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.audit_row('village_potential', '{}', '{district_code,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: visit audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.audit_row('visit', '{}', '{district_codes,search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


--
-- Name: data_subject_request business_follow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_follow BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN ((new.village_code <> old.village_code)) EXECUTE FUNCTION public.data_subject_request_follow();


--
-- Name: aspiration business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: buyer business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: certification business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: commitment business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: commitment_progress business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: data_subject_request business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: export business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: flagship business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: mentoring_action_item business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: mentoring_participant business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: mentoring_session business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: outcome business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: product business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: production_report business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: star_assessment business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: target business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: training_program business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: umkm business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: umkm_consent business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: umkm_owner business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.umkm_owner FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: village_enterprise business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: village_potential business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: visit business_touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_touch BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.business_touch();


--
-- Name: aspiration business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.business_workflow('aspiration', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: certification business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.business_workflow('certification', '{district_codes,ends_on,public_number,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: commitment business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.business_workflow('commitment', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: data_subject_request business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.business_workflow('data_subject_request', '{district_code,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: export business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.business_workflow('export', '{evidence_grade,district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: flagship business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.business_workflow('flagship', '{district_code,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: mentoring_session business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.business_workflow('mentoring_session', '{district_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: outcome business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.business_workflow('outcome', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: product business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.business_workflow('product', '{district_codes,market_reach,market_reached_on,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: production_report business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.business_workflow('production_report', '{district_code,workers_total,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: star_assessment business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.business_workflow('star_assessment', '{district_codes,result,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: target business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.business_workflow('target', '{area_code,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: training_program business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.business_workflow('training_program', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: umkm business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.business_workflow('umkm', '{district_code,workers_total,size_class_computed,size_class_basis,size_class,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: village_enterprise business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.business_workflow('village_enterprise', '{district_codes,kbli_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: village_potential business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.business_workflow('village_potential', '{district_code,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: visit business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.business_workflow('visit', '{district_codes,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: retention changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON public.retention FOR EACH ROW EXECUTE FUNCTION public.retention_changed();


--
-- Name: aspiration child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.aspiration_hold();


--
-- Name: certification child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.certification_hold();


--
-- Name: commitment child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.commitment_hold();


--
-- Name: commitment_progress child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.commitment_progress_hold();


--
-- Name: flagship child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.flagship_hold();


--
-- Name: mentoring_action_item child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.mentoring_action_item_hold();


--
-- Name: mentoring_participant child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.mentoring_participant_hold();


--
-- Name: mentoring_session child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.mentoring_session_hold();


--
-- Name: outcome child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.outcome_hold();


--
-- Name: product child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW EXECUTE FUNCTION public.product_hold();


--
-- Name: production_report child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.production_report_hold();


--
-- Name: star_assessment child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.star_assessment_hold();


--
-- Name: village_potential child_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER child_hold BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.village_potential_hold();


--
-- Name: export compute; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER compute BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_compute();


--
-- Name: star_assessment compute; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER compute BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.star_assessment_compute();


--
-- Name: export computed_hold; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER computed_hold BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_hold();


--
-- Name: production_report correction; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER correction BEFORE UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.production_report_correct();


--
-- Name: commitment done; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER done BEFORE UPDATE ON public.commitment FOR EACH ROW WHEN (((new.status <> old.status) AND (('done'::text = old.status) OR ('done'::text = new.status)) AND (new.status <> 'confirmed'::text))) EXECUTE FUNCTION public.commitment_done();


--
-- Name: data_subject_request done; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER done BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN (((new.status = 'done'::text) AND (old.status <> 'done'::text))) EXECUTE FUNCTION public.data_subject_request_done();


--
-- Name: data_subject_request due; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER due BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.data_subject_request_due();


--
-- Name: product follow_assessment; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER follow_assessment AFTER UPDATE ON public.product FOR EACH ROW WHEN ((((new.umkm_id IS DISTINCT FROM old.umkm_id) OR (new.villages IS DISTINCT FROM old.villages)) OR (new.village_code IS DISTINCT FROM old.village_code))) EXECUTE FUNCTION public.follow('star_assessment', 'product_id', 'umkm_id');


--
-- Name: product follow_certification; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER follow_certification AFTER UPDATE ON public.product FOR EACH ROW WHEN ((((old.umkm_id IS DISTINCT FROM new.umkm_id) OR (old.village_code IS DISTINCT FROM new.village_code)) OR (old.villages IS DISTINCT FROM new.villages))) EXECUTE FUNCTION public.follow('certification', 'product_id', 'holder_umkm_id');


--
-- Name: umkm follow_certification; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER follow_certification AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((old.village_code <> new.village_code)) EXECUTE FUNCTION public.follow('certification', 'umkm_id', 'holder_umkm_id');


--
-- Name: buyer forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.buyer FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"contact_name": null, "contact_email": null, "contact_phone": null}');


--
-- Name: data_subject_request forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.data_subject_request FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"details": null}');


--
-- Name: mentoring_session forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"mentor_name": null, "mentor_phone": null}');


--
-- Name: umkm forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"contact_email": null, "contact_links": [], "contact_phone": null, "change_request": null, "contact_whatsapp": null}');


--
-- Name: umkm_consent forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.umkm_consent FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"evidence": null, "public_owner_name": null}');


--
-- Name: umkm_owner forget; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER forget BEFORE UPDATE ON public.umkm_owner FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.forget('{"nik": null, "name": null, "npwp": null, "phone": null, "address": null}');


--
-- Name: mentoring_session in_use_action_item; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_action_item BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('mentoring_action_item', 'session_id');


--
-- Name: umkm in_use_action_item; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_action_item BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('mentoring_action_item', 'umkm_id');


--
-- Name: visit in_use_aspiration; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_aspiration BEFORE UPDATE ON public.visit FOR EACH ROW WHEN (((new.deleted_at IS NOT NULL) OR (new.status = 'cancelled'::text))) EXECUTE FUNCTION public.refuse_in_use('aspiration', 'visit_id');


--
-- Name: product in_use_assessment; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_assessment BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('star_assessment', 'product_id');


--
-- Name: star_rubric in_use_assessment; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_assessment BEFORE UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.refuse_in_use('star_assessment', 'rubric_id');


--
-- Name: product in_use_certification; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_certification BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('certification', 'product_id');


--
-- Name: umkm in_use_certification; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_certification BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('certification', 'umkm_id');


--
-- Name: aspiration in_use_commitment; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_commitment BEFORE UPDATE ON public.aspiration FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('commitment', 'aspiration_id');


--
-- Name: visit in_use_commitment; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_commitment BEFORE UPDATE ON public.visit FOR EACH ROW WHEN (((new.deleted_at IS NOT NULL) OR (new.status = 'cancelled'::text))) EXECUTE FUNCTION public.refuse_in_use('commitment', 'visit_id');


--
-- Name: buyer in_use_export; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_export BEFORE UPDATE ON public.buyer FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('export', 'buyer_id');


--
-- Name: product in_use_export; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_export BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('export', 'product_ids');


--
-- Name: product in_use_flagship; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_flagship BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('flagship', 'product_id');


--
-- Name: umkm in_use_outcome; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_outcome BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('outcome', 'umkm_id');


--
-- Name: mentoring_session in_use_participant; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_participant BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('mentoring_participant', 'session_id');


--
-- Name: umkm in_use_participant; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_participant BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('mentoring_participant', 'umkm_id');


--
-- Name: product in_use_potential; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_potential BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('village_potential', 'product_id');


--
-- Name: umkm in_use_product; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_product BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('product', 'umkm_id');


--
-- Name: village_enterprise in_use_product; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_product BEFORE UPDATE ON public.village_enterprise FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('product', 'village_enterprise_id');


--
-- Name: product in_use_production_report; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_production_report BEFORE UPDATE ON public.product FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('production_report', 'product_id');


--
-- Name: umkm in_use_production_report; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_production_report BEFORE UPDATE ON public.umkm FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('production_report', 'umkm_id');


--
-- Name: commitment in_use_progress; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_progress BEFORE UPDATE ON public.commitment FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('commitment_progress', 'commitment_id');


--
-- Name: training_program in_use_session; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER in_use_session BEFORE UPDATE ON public.training_program FOR EACH ROW WHEN ((new.deleted_at IS NOT NULL)) EXECUTE FUNCTION public.refuse_in_use('mentoring_session', 'program_id');


--
-- Name: export lift; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER lift AFTER INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_lift();


--
-- Name: report_snapshot names; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER names BEFORE INSERT ON public.report_snapshot FOR EACH ROW EXECUTE FUNCTION public.report_snapshot_names();


--
-- Name: commitment_progress part_written; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER part_written AFTER INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.part_written('commitment', 'commitment_id');


--
-- Name: umkm_consent part_written; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER part_written AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.part_written('umkm');


--
-- Name: umkm_owner part_written; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER part_written AFTER INSERT OR UPDATE ON public.umkm_owner FOR EACH ROW EXECUTE FUNCTION public.part_written('umkm');


--
-- Name: buyer personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: data_subject_request personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: mentoring_session personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: umkm personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: umkm_consent personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: umkm_owner personal_record; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER personal_record AFTER INSERT OR UPDATE ON public.umkm_owner FOR EACH ROW EXECUTE FUNCTION public.personal_record_kept();


--
-- Name: certification place; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER place BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.certification_place();


--
-- Name: service_account rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();


--
-- Name: user_account rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();


--
-- Name: commitment_progress runs; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER runs BEFORE INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.commitment_runs();


--
-- Name: mentoring_participant seat; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER seat BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.mentoring_participant_seat();


--
-- Name: mentoring_session session_begun; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER session_begun BEFORE UPDATE ON public.mentoring_session FOR EACH ROW WHEN (((new.status = 'held'::text) AND (old.status <> 'held'::text))) EXECUTE FUNCTION public.mentoring_session_begun();


--
-- Name: mentoring_action_item session_gone; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER session_gone BEFORE INSERT ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.mentoring_action_item_session();


--
-- Name: training_program session_left; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER session_left BEFORE UPDATE ON public.training_program FOR EACH ROW WHEN (((old.status = 'planned'::text) AND (new.status <> 'planned'::text))) EXECUTE FUNCTION public.training_program_over();


--
-- Name: mentoring_participant still_mentored; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER still_mentored AFTER UPDATE ON public.mentoring_participant FOR EACH ROW WHEN ((old.attended AND ((new.attended IS NOT TRUE) OR (new.deleted_at IS NOT NULL)))) EXECUTE FUNCTION public.outcome_still_mentored('session_id');


--
-- Name: mentoring_session still_mentored; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER still_mentored AFTER UPDATE ON public.mentoring_session FOR EACH ROW WHEN (((old.program_id IS DISTINCT FROM new.program_id) OR (old.starts_at IS DISTINCT FROM new.starts_at))) EXECUTE FUNCTION public.outcome_still_mentored('id');


--
-- Name: aspiration takes_place; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER takes_place BEFORE INSERT ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.visit_takes_place();


--
-- Name: commitment takes_place; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER takes_place BEFORE INSERT ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.visit_takes_place();


--
-- Name: export totals; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER totals AFTER INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.export_totals();


--
-- Name: umkm_consent totals; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER totals AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.export_totals_restricted();


--
-- Name: district touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.district FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: reference touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: service_account touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: star_rubric touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: user_account touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: village touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: umkm umkm_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER umkm_ends AFTER UPDATE ON public.umkm FOR EACH ROW WHEN ((((old.status = 'archived'::text) OR (new.status = 'archived'::text)) AND (current_setting('app.forgets'::text, true) IS DISTINCT FROM 'on'::text))) EXECUTE FUNCTION public.umkm_ends();


--
-- Name: umkm_consent umkm_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER umkm_ends AFTER INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.umkm_ends();


--
-- Name: aspiration violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.aspiration FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: buyer violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.buyer FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: certification violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.certification FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: commitment violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.commitment FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: commitment_progress violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT ON public.commitment_progress FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: data_subject_request violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.data_subject_request FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: export violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.export FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: flagship violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.flagship FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: mentoring_action_item violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_action_item FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: mentoring_participant violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_participant FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: mentoring_session violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.mentoring_session FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: outcome violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: product violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.product FOR EACH ROW WHEN ((current_setting('app.steps'::text, true) IS DISTINCT FROM (new.id)::text)) EXECUTE FUNCTION public.refuse_violations();


--
-- Name: production_report violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.production_report FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: reference violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: star_assessment violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.star_assessment FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: star_rubric violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: target violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.target FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: training_program violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.training_program FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: umkm violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: umkm_consent violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.umkm_consent FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: village violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: village_enterprise violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: village_potential violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village_potential FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: visit violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.visit FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


--
-- Name: resource workflow_map; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.resource FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();


--
-- Name: workflow_transition workflow_map; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.workflow_transition FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();


--
-- Name: aspiration aspiration_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: aspiration aspiration_visit_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.aspiration
    ADD CONSTRAINT aspiration_visit_id__exists FOREIGN KEY (visit_id) REFERENCES public.visit(id);


--
-- Name: buyer buyer_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.buyer
    ADD CONSTRAINT buyer_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: certification certification_product_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: certification certification_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);


--
-- Name: certification certification_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certification
    ADD CONSTRAINT certification_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: commitment commitment_aspiration_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_aspiration_id__exists FOREIGN KEY (aspiration_id) REFERENCES public.aspiration(id);


--
-- Name: commitment_progress commitment_progress_commitment_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_commitment_id__exists FOREIGN KEY (commitment_id) REFERENCES public.commitment(id);


--
-- Name: commitment_progress commitment_progress_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment_progress
    ADD CONSTRAINT commitment_progress_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: commitment commitment_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: commitment commitment_visit_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.commitment
    ADD CONSTRAINT commitment_visit_id__exists FOREIGN KEY (visit_id) REFERENCES public.visit(id);


--
-- Name: data_subject_request data_subject_request_buyer_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_buyer_id__exists FOREIGN KEY (buyer_id) REFERENCES public.buyer(id);


--
-- Name: data_subject_request data_subject_request_session_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);


--
-- Name: data_subject_request data_subject_request_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE;


--
-- Name: data_subject_request data_subject_request_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.data_subject_request
    ADD CONSTRAINT data_subject_request_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: export export_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.export
    ADD CONSTRAINT export_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: flagship flagship_product_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: flagship flagship_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.flagship
    ADD CONSTRAINT flagship_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: mentoring_action_item mentoring_action_item_session_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);


--
-- Name: mentoring_action_item mentoring_action_item_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE;


--
-- Name: mentoring_action_item mentoring_action_item_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_action_item
    ADD CONSTRAINT mentoring_action_item_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: mentoring_participant mentoring_participant_session_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);


--
-- Name: mentoring_participant mentoring_participant_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_participant
    ADD CONSTRAINT mentoring_participant_umkm_id__exists FOREIGN KEY (umkm_id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE;


--
-- Name: mentoring_session mentoring_session_program_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_program_id__exists FOREIGN KEY (program_id) REFERENCES public.training_program(id);


--
-- Name: mentoring_session mentoring_session_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mentoring_session
    ADD CONSTRAINT mentoring_session_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: outcome outcome_program_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_program_id__exists FOREIGN KEY (program_id) REFERENCES public.training_program(id);


--
-- Name: outcome outcome_session_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_session_id__exists FOREIGN KEY (session_id) REFERENCES public.mentoring_session(id);


--
-- Name: outcome outcome_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);


--
-- Name: outcome outcome_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT outcome_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: product product_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);


--
-- Name: product product_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: product product_village_enterprise_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.product
    ADD CONSTRAINT product_village_enterprise_id__exists FOREIGN KEY (village_enterprise_id) REFERENCES public.village_enterprise(id);


--
-- Name: production_report production_report_product_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: production_report production_report_umkm_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_umkm_id__exists FOREIGN KEY (umkm_id) REFERENCES public.umkm(id);


--
-- Name: production_report production_report_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.production_report
    ADD CONSTRAINT production_report_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: refresh_token refresh_token_family_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_family_fkey FOREIGN KEY (family) REFERENCES public.refresh_family(id) ON DELETE CASCADE;


--
-- Name: resource resource_workflow_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow(name);


--
-- Name: star_assessment star_assessment_product_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: star_assessment star_assessment_rubric_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_rubric_id__exists FOREIGN KEY (rubric_id) REFERENCES public.star_rubric(id);


--
-- Name: star_assessment star_assessment_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.star_assessment
    ADD CONSTRAINT star_assessment_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: target target_district_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_district_code__exists FOREIGN KEY (district_code) REFERENCES public.district(code);


--
-- Name: target target_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.target
    ADD CONSTRAINT target_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: training_program training_program_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.training_program
    ADD CONSTRAINT training_program_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: umkm_consent umkm_consent_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm_consent
    ADD CONSTRAINT umkm_consent_id__exists FOREIGN KEY (id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE;


--
-- Name: umkm_owner umkm_owner_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm_owner
    ADD CONSTRAINT umkm_owner_id__exists FOREIGN KEY (id, village_code) REFERENCES public.umkm(id, village_code) ON UPDATE CASCADE;


--
-- Name: umkm umkm_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.umkm
    ADD CONSTRAINT umkm_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: village village_district_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_district_code__exists FOREIGN KEY (district_code, district_name) REFERENCES public.district(code, name) ON UPDATE CASCADE;


--
-- Name: village_enterprise village_enterprise_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village_enterprise
    ADD CONSTRAINT village_enterprise_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: village_potential village_potential_product_id__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_product_id__exists FOREIGN KEY (product_id) REFERENCES public.product(id);


--
-- Name: village_potential village_potential_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.village_potential
    ADD CONSTRAINT village_potential_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: visit visit_village_code__exists; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.visit
    ADD CONSTRAINT visit_village_code__exists FOREIGN KEY (village_code) REFERENCES public.village(code);


--
-- Name: workflow_transition workflow_transition_workflow_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workflow_transition
    ADD CONSTRAINT workflow_transition_workflow_fkey FOREIGN KEY (workflow) REFERENCES public.workflow(name);


--
-- Name: service_account admin_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY admin_all ON public.service_account TO ovop_admin USING (true) WITH CHECK (true);


--
-- Name: user_account admin_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY admin_all ON public.user_account TO ovop_admin USING (true) WITH CHECK (true);


--
-- Name: aspiration; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.aspiration ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_log; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_log ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_mark; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_mark ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_seal; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_seal ENABLE ROW LEVEL SECURITY;

--
-- Name: buyer bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.buyer FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: certification bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.certification FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: data_subject_request bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.data_subject_request FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: export bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.export FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: mentoring_participant bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.mentoring_participant FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: personal_read bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.personal_read FOR INSERT TO ovop_bumdes WITH CHECK (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));


--
-- Name: product bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.product FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: production_report bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.production_report FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.umkm FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_consent bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.umkm_consent FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_owner bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.umkm_owner FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: village_enterprise bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.village_enterprise FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: village_potential bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.village_potential FOR INSERT TO ovop_bumdes WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: aspiration bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.aspiration FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: audit_log bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.audit_log FOR SELECT TO ovop_bumdes USING (((villages && ( SELECT public.claim_villages() AS claim_villages)) OR (villages = '{NULL}'::text[])));


--
-- Name: buyer bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.buyer FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: certification bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.certification FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: commitment bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.commitment FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: commitment_progress bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.commitment_progress FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: data_subject_request bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.data_subject_request FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: export bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.export FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: flagship bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.flagship FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: mentoring_action_item bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.mentoring_action_item FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: mentoring_participant bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.mentoring_participant FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: mentoring_session bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.mentoring_session FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: outcome bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.outcome FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: product bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.product FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: production_report bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.production_report FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: star_assessment bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.star_assessment FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: target bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.target FOR SELECT TO ovop_bumdes USING (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));


--
-- Name: training_program bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.training_program FOR SELECT TO ovop_bumdes USING (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));


--
-- Name: umkm bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.umkm FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_consent bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.umkm_consent FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_owner bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.umkm_owner FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: village_enterprise bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.village_enterprise FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: village_potential bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.village_potential FOR SELECT TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: visit bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.visit FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


--
-- Name: buyer bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.buyer FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: certification bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.certification FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: commitment bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.commitment FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: data_subject_request bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.data_subject_request FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: export bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.export FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: mentoring_participant bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.mentoring_participant FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: product bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.product FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: production_report bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.production_report FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.umkm FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_consent bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.umkm_consent FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: umkm_owner bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.umkm_owner FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: village_enterprise bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.village_enterprise FOR UPDATE TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: village_potential bumdes_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_update ON public.village_potential FOR UPDATE TO ovop_bumdes USING ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))) WITH CHECK ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])));


--
-- Name: aspiration bupati_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_insert ON public.aspiration FOR INSERT TO ovop_bupati WITH CHECK (true);


--
-- Name: commitment bupati_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_insert ON public.commitment FOR INSERT TO ovop_bupati WITH CHECK (true);


--
-- Name: report_snapshot bupati_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_insert ON public.report_snapshot FOR INSERT TO ovop_bupati WITH CHECK (true);


--
-- Name: visit bupati_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_insert ON public.visit FOR INSERT TO ovop_bupati WITH CHECK (true);


--
-- Name: aspiration bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.aspiration FOR SELECT TO ovop_bupati USING (true);


--
-- Name: audit_log bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.audit_log FOR SELECT TO ovop_bupati USING ((villages IS NOT NULL));


--
-- Name: buyer bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.buyer FOR SELECT TO ovop_bupati USING (true);


--
-- Name: certification bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.certification FOR SELECT TO ovop_bupati USING (true);


--
-- Name: commitment bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.commitment FOR SELECT TO ovop_bupati USING (true);


--
-- Name: commitment_progress bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.commitment_progress FOR SELECT TO ovop_bupati USING (true);


--
-- Name: data_subject_request bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.data_subject_request FOR SELECT TO ovop_bupati USING (true);


--
-- Name: export bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.export FOR SELECT TO ovop_bupati USING (true);


--
-- Name: flagship bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.flagship FOR SELECT TO ovop_bupati USING (true);


--
-- Name: mentoring_action_item bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.mentoring_action_item FOR SELECT TO ovop_bupati USING (true);


--
-- Name: mentoring_participant bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.mentoring_participant FOR SELECT TO ovop_bupati USING (true);


--
-- Name: mentoring_session bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.mentoring_session FOR SELECT TO ovop_bupati USING (true);


--
-- Name: outcome bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.outcome FOR SELECT TO ovop_bupati USING (true);


--
-- Name: personal_read bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.personal_read FOR SELECT TO ovop_bupati USING (true);


--
-- Name: product bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.product FOR SELECT TO ovop_bupati USING (true);


--
-- Name: production_report bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.production_report FOR SELECT TO ovop_bupati USING (true);


--
-- Name: report_snapshot bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.report_snapshot FOR SELECT TO ovop_bupati USING (true);


--
-- Name: star_assessment bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.star_assessment FOR SELECT TO ovop_bupati USING (true);


--
-- Name: target bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.target FOR SELECT TO ovop_bupati USING (true);


--
-- Name: training_program bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.training_program FOR SELECT TO ovop_bupati USING (true);


--
-- Name: umkm bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.umkm FOR SELECT TO ovop_bupati USING (true);


--
-- Name: umkm_consent bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.umkm_consent FOR SELECT TO ovop_bupati USING (true);


--
-- Name: umkm_owner bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.umkm_owner FOR SELECT TO ovop_bupati USING (true);


--
-- Name: village_enterprise bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.village_enterprise FOR SELECT TO ovop_bupati USING (true);


--
-- Name: village_potential bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.village_potential FOR SELECT TO ovop_bupati USING (true);


--
-- Name: visit bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.visit FOR SELECT TO ovop_bupati USING (true);


--
-- Name: aspiration bupati_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_update ON public.aspiration FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);


--
-- Name: commitment bupati_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_update ON public.commitment FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);


--
-- Name: target bupati_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_update ON public.target FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);


--
-- Name: visit bupati_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_update ON public.visit FOR UPDATE TO ovop_bupati USING (true) WITH CHECK (true);


--
-- Name: buyer; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.buyer ENABLE ROW LEVEL SECURITY;

--
-- Name: certification; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.certification ENABLE ROW LEVEL SECURITY;

--
-- Name: commitment; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.commitment ENABLE ROW LEVEL SECURITY;

--
-- Name: commitment_progress; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.commitment_progress ENABLE ROW LEVEL SECURITY;

--
-- Name: credential; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.credential ENABLE ROW LEVEL SECURITY;

--
-- Name: data_subject_request; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.data_subject_request ENABLE ROW LEVEL SECURITY;

--
-- Name: buyer dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.buyer FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: certification dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.certification FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: commitment_progress dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.commitment_progress FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: data_subject_request dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.data_subject_request FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: export dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.export FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: flagship dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.flagship FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: mentoring_action_item dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.mentoring_action_item FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: mentoring_participant dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.mentoring_participant FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: mentoring_session dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.mentoring_session FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: outcome dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.outcome FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: personal_read dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.personal_read FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: product dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.product FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: production_report dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.production_report FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: report_snapshot dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.report_snapshot FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: star_assessment dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.star_assessment FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: target dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.target FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: training_program dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.training_program FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: umkm dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.umkm FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: umkm_consent dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.umkm_consent FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: umkm_owner dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.umkm_owner FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: village_enterprise dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.village_enterprise FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: village_potential dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.village_potential FOR INSERT TO ovop_dinas WITH CHECK (true);


--
-- Name: aspiration dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.aspiration FOR SELECT TO ovop_dinas USING (true);


--
-- Name: audit_log dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.audit_log FOR SELECT TO ovop_dinas USING ((villages IS NOT NULL));


--
-- Name: buyer dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.buyer FOR SELECT TO ovop_dinas USING (true);


--
-- Name: certification dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.certification FOR SELECT TO ovop_dinas USING (true);


--
-- Name: commitment dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.commitment FOR SELECT TO ovop_dinas USING (true);


--
-- Name: commitment_progress dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.commitment_progress FOR SELECT TO ovop_dinas USING (true);


--
-- Name: data_subject_request dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.data_subject_request FOR SELECT TO ovop_dinas USING (true);


--
-- Name: export dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.export FOR SELECT TO ovop_dinas USING (true);


--
-- Name: flagship dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.flagship FOR SELECT TO ovop_dinas USING (true);


--
-- Name: mentoring_action_item dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.mentoring_action_item FOR SELECT TO ovop_dinas USING (true);


--
-- Name: mentoring_participant dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.mentoring_participant FOR SELECT TO ovop_dinas USING (true);


--
-- Name: mentoring_session dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.mentoring_session FOR SELECT TO ovop_dinas USING (true);


--
-- Name: outcome dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.outcome FOR SELECT TO ovop_dinas USING (true);


--
-- Name: personal_read dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.personal_read FOR SELECT TO ovop_dinas USING (true);


--
-- Name: personal_record dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.personal_record FOR SELECT TO ovop_dinas USING (true);


--
-- Name: product dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.product FOR SELECT TO ovop_dinas USING (true);


--
-- Name: production_report dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.production_report FOR SELECT TO ovop_dinas USING (true);


--
-- Name: report_snapshot dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.report_snapshot FOR SELECT TO ovop_dinas USING (true);


--
-- Name: star_assessment dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.star_assessment FOR SELECT TO ovop_dinas USING (true);


--
-- Name: target dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.target FOR SELECT TO ovop_dinas USING (true);


--
-- Name: training_program dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.training_program FOR SELECT TO ovop_dinas USING (true);


--
-- Name: umkm dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.umkm FOR SELECT TO ovop_dinas USING (true);


--
-- Name: umkm_consent dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.umkm_consent FOR SELECT TO ovop_dinas USING (true);


--
-- Name: umkm_owner dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.umkm_owner FOR SELECT TO ovop_dinas USING (true);


--
-- Name: village_enterprise dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.village_enterprise FOR SELECT TO ovop_dinas USING (true);


--
-- Name: village_potential dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.village_potential FOR SELECT TO ovop_dinas USING (true);


--
-- Name: visit dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.visit FOR SELECT TO ovop_dinas USING (true);


--
-- Name: aspiration dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.aspiration FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: buyer dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.buyer FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: certification dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.certification FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: commitment dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.commitment FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: commitment_progress dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.commitment_progress FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: data_subject_request dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.data_subject_request FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: export dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.export FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: flagship dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.flagship FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: mentoring_action_item dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.mentoring_action_item FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: mentoring_participant dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.mentoring_participant FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: mentoring_session dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.mentoring_session FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: outcome dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.outcome FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: product dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.product FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: production_report dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.production_report FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: star_assessment dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.star_assessment FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: target dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.target FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: training_program dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.training_program FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: umkm dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.umkm FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: umkm_consent dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.umkm_consent FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: umkm_owner dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.umkm_owner FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: village_enterprise dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.village_enterprise FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: village_potential dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.village_potential FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: visit dinas_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_update ON public.visit FOR UPDATE TO ovop_dinas USING (true) WITH CHECK (true);


--
-- Name: export; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.export ENABLE ROW LEVEL SECURITY;

--
-- Name: export_total; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.export_total ENABLE ROW LEVEL SECURITY;

--
-- Name: flagship; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.flagship ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_key; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;

--
-- Name: login_throttle; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.login_throttle ENABLE ROW LEVEL SECURITY;

--
-- Name: mentoring_action_item; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mentoring_action_item ENABLE ROW LEVEL SECURITY;

--
-- Name: mentoring_participant; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mentoring_participant ENABLE ROW LEVEL SECURITY;

--
-- Name: mentoring_session; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mentoring_session ENABLE ROW LEVEL SECURITY;

--
-- Name: certification not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.certification AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (holder_umkm_id IS NULL) OR (holder_umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: data_subject_request not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.data_subject_request AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: export not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.export AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted)))));


--
-- Name: mentoring_action_item not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.mentoring_action_item AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: mentoring_participant not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.mentoring_participant AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: outcome not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.outcome AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: personal_read not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.personal_read AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (record_id IS NULL) OR (record_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: personal_record not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.personal_record AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: product not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.product AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: production_report not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.production_report AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: report_snapshot not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.report_snapshot AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted)))));


--
-- Name: star_assessment not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.star_assessment AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.umkm AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm_consent not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.umkm_consent AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm_owner not_counted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY not_counted ON public.umkm_owner AS RESTRICTIVE FOR SELECT TO ovop_bumdes, ovop_dinas USING (((NOT ( SELECT public.claim_counts() AS claim_counts)) OR (id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: outcome; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outcome ENABLE ROW LEVEL SECURITY;

--
-- Name: personal_read; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.personal_read ENABLE ROW LEVEL SECURITY;

--
-- Name: personal_record; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.personal_record ENABLE ROW LEVEL SECURITY;

--
-- Name: certification processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.certification AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((holder_umkm_id IS NULL) OR (holder_umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: data_subject_request processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.data_subject_request AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: export processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.export AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING ((NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted))));


--
-- Name: mentoring_action_item processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.mentoring_action_item AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: mentoring_participant processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.mentoring_participant AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: outcome processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.outcome AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: personal_read processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.personal_read AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((record_id IS NULL) OR (record_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: personal_record processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.personal_record AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: product processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.product AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: production_report processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.production_report AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: report_snapshot processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.report_snapshot AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING ((NOT (umkm_ids && ( SELECT public.umkm_restricted() AS umkm_restricted))));


--
-- Name: star_assessment processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.star_assessment AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((umkm_id IS NULL) OR (umkm_id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.umkm AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm_consent processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.umkm_consent AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: umkm_owner processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.umkm_owner AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING (((id IS NULL) OR (id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[]))));


--
-- Name: product; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.product ENABLE ROW LEVEL SECURITY;

--
-- Name: production_report; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.production_report ENABLE ROW LEVEL SECURITY;

--
-- Name: certification public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.certification FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: flagship public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.flagship FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: product public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.product FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: star_assessment public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.star_assessment FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: umkm public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.umkm FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: village_enterprise public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.village_enterprise FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: village_potential public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.village_potential FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: refresh_family; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.refresh_family ENABLE ROW LEVEL SECURITY;

--
-- Name: refresh_token; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.refresh_token ENABLE ROW LEVEL SECURITY;

--
-- Name: report_snapshot; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.report_snapshot ENABLE ROW LEVEL SECURITY;

--
-- Name: service_account self_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY self_select ON public.service_account FOR SELECT TO ovop_api USING ((id = ( SELECT public.claim_subject() AS claim_subject)));


--
-- Name: user_account self_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY self_select ON public.user_account FOR SELECT TO ovop_api USING ((id = ( SELECT public.claim_subject() AS claim_subject)));


--
-- Name: service_account; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.service_account ENABLE ROW LEVEL SECURITY;

--
-- Name: star_assessment; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.star_assessment ENABLE ROW LEVEL SECURITY;

--
-- Name: buyer system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.buyer FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: certification system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.certification FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: export system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.export FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: product system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.product FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: production_report system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.production_report FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.umkm FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_consent system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.umkm_consent FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_owner system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.umkm_owner FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_enterprise system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.village_enterprise FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_potential system_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_insert ON public.village_potential FOR INSERT TO ovop_system WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: aspiration system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.aspiration FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: audit_log system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.audit_log FOR SELECT TO ovop_system USING (((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) OR ((resource = 'production_report'::text) AND ( SELECT public.claim_scope('production:write'::text) AS claim_scope)) OR ((resource = ANY (ARRAY['buyer'::text, 'export'::text])) AND ( SELECT public.claim_scope('exports:write'::text) AS claim_scope))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR (villages = '{NULL}'::text[]) OR ((villages IS NOT NULL) AND ( SELECT public.claim_district() AS claim_district)))));


--
-- Name: buyer system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.buyer FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('exports:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: certification system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.certification FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: commitment system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.commitment FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: commitment_progress system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.commitment_progress FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: data_subject_request system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.data_subject_request FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: export system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.export FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('exports:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: flagship system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.flagship FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: mentoring_action_item system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.mentoring_action_item FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: mentoring_participant system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.mentoring_participant FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: mentoring_session system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.mentoring_session FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: outcome system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.outcome FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: product system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.product FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: production_report system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.production_report FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('production:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: report_snapshot system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.report_snapshot FOR SELECT TO ovop_system USING ((( SELECT public.claim_scope('reports:read'::text) AS claim_scope) AND ( SELECT public.claim_district() AS claim_district)));


--
-- Name: star_assessment system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.star_assessment FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: target system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.target FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: training_program system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.training_program FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.umkm FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_consent system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.umkm_consent FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_owner system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.umkm_owner FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_enterprise system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.village_enterprise FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_potential system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.village_potential FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: visit system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.visit FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('reports:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: buyer system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.buyer FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: certification system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.certification FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: export system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.export FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('exports:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: product system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.product FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: production_report system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.production_report FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('production:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.umkm FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_consent system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.umkm_consent FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: umkm_owner system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.umkm_owner FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_enterprise system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.village_enterprise FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: village_potential system_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_update ON public.village_potential FOR UPDATE TO ovop_system USING ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district)))) WITH CHECK ((( SELECT public.claim_scope('register:write'::text) AS claim_scope) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


--
-- Name: target; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.target ENABLE ROW LEVEL SECURITY;

--
-- Name: training_program; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.training_program ENABLE ROW LEVEL SECURITY;

--
-- Name: umkm; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.umkm ENABLE ROW LEVEL SECURITY;

--
-- Name: umkm_consent; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.umkm_consent ENABLE ROW LEVEL SECURITY;

--
-- Name: umkm_owner; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.umkm_owner ENABLE ROW LEVEL SECURITY;

--
-- Name: user_account; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.user_account ENABLE ROW LEVEL SECURITY;

--
-- Name: village_enterprise; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.village_enterprise ENABLE ROW LEVEL SECURITY;

--
-- Name: village_potential; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.village_potential ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_log village_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY village_select ON public.audit_log FOR SELECT TO ovop_dinas, ovop_bupati USING ((resource = 'village'::text));


--
-- Name: visit; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.visit ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ovop_api;
GRANT USAGE ON SCHEMA public TO ovop_engine;


--
-- Name: FUNCTION gbtreekey16_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey16_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey16_out(extension.gbtreekey16); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey16_out(extension.gbtreekey16) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey2_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey2_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey2_out(extension.gbtreekey2); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey2_out(extension.gbtreekey2) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey32_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey32_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey32_out(extension.gbtreekey32); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey32_out(extension.gbtreekey32) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey4_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey4_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey4_out(extension.gbtreekey4); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey4_out(extension.gbtreekey4) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey8_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey8_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey8_out(extension.gbtreekey8); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey8_out(extension.gbtreekey8) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey_var_in(cstring); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey_var_in(cstring) FROM PUBLIC;


--
-- Name: FUNCTION gbtreekey_var_out(extension.gbtreekey_var); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbtreekey_var_out(extension.gbtreekey_var) FROM PUBLIC;


--
-- Name: FUNCTION cash_dist(money, money); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.cash_dist(money, money) FROM PUBLIC;


--
-- Name: FUNCTION date_dist(date, date); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.date_dist(date, date) FROM PUBLIC;


--
-- Name: FUNCTION float4_dist(real, real); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.float4_dist(real, real) FROM PUBLIC;


--
-- Name: FUNCTION float8_dist(double precision, double precision); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.float8_dist(double precision, double precision) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_consistent(internal, bit, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_consistent(internal, bit, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_same(extension.gbtreekey_var, extension.gbtreekey_var, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_same(extension.gbtreekey_var, extension.gbtreekey_var, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bit_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bit_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_consistent(internal, boolean, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_consistent(internal, boolean, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_same(extension.gbtreekey2, extension.gbtreekey2, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_same(extension.gbtreekey2, extension.gbtreekey2, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bool_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bool_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bpchar_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bpchar_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bpchar_consistent(internal, character, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bpchar_consistent(internal, character, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_consistent(internal, bytea, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_consistent(internal, bytea, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_same(extension.gbtreekey_var, extension.gbtreekey_var, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_same(extension.gbtreekey_var, extension.gbtreekey_var, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_bytea_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_bytea_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_consistent(internal, money, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_consistent(internal, money, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_distance(internal, money, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_distance(internal, money, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_cash_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_cash_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_consistent(internal, date, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_consistent(internal, date, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_distance(internal, date, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_distance(internal, date, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_same(extension.gbtreekey8, extension.gbtreekey8, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_same(extension.gbtreekey8, extension.gbtreekey8, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_date_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_date_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_decompress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_decompress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_consistent(internal, anyenum, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_consistent(internal, anyenum, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_same(extension.gbtreekey8, extension.gbtreekey8, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_same(extension.gbtreekey8, extension.gbtreekey8, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_enum_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_enum_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_consistent(internal, real, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_consistent(internal, real, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_distance(internal, real, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_distance(internal, real, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_same(extension.gbtreekey8, extension.gbtreekey8, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_same(extension.gbtreekey8, extension.gbtreekey8, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float4_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float4_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_consistent(internal, double precision, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_consistent(internal, double precision, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_distance(internal, double precision, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_distance(internal, double precision, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_float8_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_float8_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_consistent(internal, inet, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_consistent(internal, inet, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_inet_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_inet_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_consistent(internal, smallint, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_consistent(internal, smallint, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_distance(internal, smallint, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_distance(internal, smallint, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_same(extension.gbtreekey4, extension.gbtreekey4, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_same(extension.gbtreekey4, extension.gbtreekey4, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int2_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int2_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_consistent(internal, integer, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_consistent(internal, integer, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_distance(internal, integer, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_distance(internal, integer, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_same(extension.gbtreekey8, extension.gbtreekey8, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_same(extension.gbtreekey8, extension.gbtreekey8, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int4_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int4_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_consistent(internal, bigint, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_consistent(internal, bigint, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_distance(internal, bigint, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_distance(internal, bigint, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_int8_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_int8_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_consistent(internal, interval, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_consistent(internal, interval, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_decompress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_decompress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_distance(internal, interval, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_distance(internal, interval, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_same(extension.gbtreekey32, extension.gbtreekey32, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_same(extension.gbtreekey32, extension.gbtreekey32, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_intv_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_intv_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_consistent(internal, macaddr8, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_consistent(internal, macaddr8, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad8_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad8_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_consistent(internal, macaddr, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_consistent(internal, macaddr, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_macad_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_macad_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_consistent(internal, numeric, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_consistent(internal, numeric, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_same(extension.gbtreekey_var, extension.gbtreekey_var, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_same(extension.gbtreekey_var, extension.gbtreekey_var, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_numeric_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_numeric_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_consistent(internal, oid, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_consistent(internal, oid, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_distance(internal, oid, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_distance(internal, oid, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_same(extension.gbtreekey8, extension.gbtreekey8, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_same(extension.gbtreekey8, extension.gbtreekey8, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_oid_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_oid_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_consistent(internal, text, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_consistent(internal, text, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_same(extension.gbtreekey_var, extension.gbtreekey_var, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_same(extension.gbtreekey_var, extension.gbtreekey_var, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_text_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_text_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_consistent(internal, time without time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_consistent(internal, time without time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_distance(internal, time without time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_distance(internal, time without time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_time_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_time_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_timetz_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_timetz_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_timetz_consistent(internal, time with time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_timetz_consistent(internal, time with time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_consistent(internal, timestamp without time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_consistent(internal, timestamp without time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_distance(internal, timestamp without time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_distance(internal, timestamp without time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_same(extension.gbtreekey16, extension.gbtreekey16, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_same(extension.gbtreekey16, extension.gbtreekey16, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_ts_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_ts_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_tstz_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_tstz_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_tstz_consistent(internal, timestamp with time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_tstz_consistent(internal, timestamp with time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_tstz_distance(internal, timestamp with time zone, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_tstz_distance(internal, timestamp with time zone, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_compress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_compress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_consistent(internal, uuid, smallint, oid, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_consistent(internal, uuid, smallint, oid, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_penalty(internal, internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_penalty(internal, internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_picksplit(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_picksplit(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_same(extension.gbtreekey32, extension.gbtreekey32, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_same(extension.gbtreekey32, extension.gbtreekey32, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_uuid_union(internal, internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_uuid_union(internal, internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_var_decompress(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_var_decompress(internal) FROM PUBLIC;


--
-- Name: FUNCTION gbt_var_fetch(internal); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.gbt_var_fetch(internal) FROM PUBLIC;


--
-- Name: FUNCTION int2_dist(smallint, smallint); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.int2_dist(smallint, smallint) FROM PUBLIC;


--
-- Name: FUNCTION int4_dist(integer, integer); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.int4_dist(integer, integer) FROM PUBLIC;


--
-- Name: FUNCTION int8_dist(bigint, bigint); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.int8_dist(bigint, bigint) FROM PUBLIC;


--
-- Name: FUNCTION interval_dist(interval, interval); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.interval_dist(interval, interval) FROM PUBLIC;


--
-- Name: FUNCTION oid_dist(oid, oid); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.oid_dist(oid, oid) FROM PUBLIC;


--
-- Name: FUNCTION time_dist(time without time zone, time without time zone); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.time_dist(time without time zone, time without time zone) FROM PUBLIC;


--
-- Name: FUNCTION ts_dist(timestamp without time zone, timestamp without time zone); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.ts_dist(timestamp without time zone, timestamp without time zone) FROM PUBLIC;


--
-- Name: FUNCTION tstz_dist(timestamp with time zone, timestamp with time zone); Type: ACL; Schema: extension; Owner: -
--

REVOKE ALL ON FUNCTION extension.tstz_dist(timestamp with time zone, timestamp with time zone) FROM PUBLIC;


--
-- Name: FUNCTION account_rules(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.account_rules() FROM PUBLIC;


--
-- Name: FUNCTION admin_create(username text, password_hash text, full_name text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.admin_create(username text, password_hash text, full_name text) FROM PUBLIC;


--
-- Name: FUNCTION allowed_actions(resource text, status text, writers uuid[], village_code text, request public.change_request); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text, request public.change_request) FROM PUBLIC;
GRANT ALL ON FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text, request public.change_request) TO ovop_api;


--
-- Name: FUNCTION aspiration_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.aspiration_hold() FROM PUBLIC;


--
-- Name: FUNCTION uuid_v7(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.uuid_v7() FROM PUBLIC;
GRANT ALL ON FUNCTION public.uuid_v7() TO ovop_api;
GRANT ALL ON FUNCTION public.uuid_v7() TO ovop_engine;


--
-- Name: TABLE aspiration; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.aspiration TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.aspiration TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.aspiration TO ovop_bupati;
GRANT SELECT ON TABLE public.aspiration TO ovop_system;


--
-- Name: FUNCTION aspiration_row(a public.aspiration, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.aspiration_row(a public.aspiration, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.aspiration_row(a public.aspiration, expand text[]) TO ovop_api;


--
-- Name: FUNCTION aspiration_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.aspiration_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.aspiration_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION district_codes(villages text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.district_codes(villages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.district_codes(villages text[]) TO ovop_api;


--
-- Name: TABLE mentoring_participant; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_participant TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_participant TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_participant TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_participant TO ovop_system;


--
-- Name: TABLE mentoring_session; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.mentoring_session TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_session TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_session TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_session TO ovop_system;


--
-- Name: FUNCTION attendance_row(p public.mentoring_participant, s public.mentoring_session, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.attendance_row(p public.mentoring_participant, s public.mentoring_session, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.attendance_row(p public.mentoring_participant, s public.mentoring_session, expand text[]) TO ovop_api;


--
-- Name: FUNCTION attendance_sheet(session public.mentoring_session, entries jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.attendance_sheet(session public.mentoring_session, entries jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.attendance_sheet(session public.mentoring_session, entries jsonb) TO ovop_api;


--
-- Name: FUNCTION audit_append_only(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_append_only() FROM PUBLIC;


--
-- Name: FUNCTION audit_digest(previous text, first_id bigint, last_id bigint); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_digest(previous text, first_id bigint, last_id bigint) FROM PUBLIC;


--
-- Name: TABLE audit_log; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.audit_log TO ovop_bumdes;
GRANT SELECT ON TABLE public.audit_log TO ovop_dinas;
GRANT SELECT ON TABLE public.audit_log TO ovop_bupati;
GRANT SELECT ON TABLE public.audit_log TO ovop_system;


--
-- Name: FUNCTION audit_hash(e public.audit_log); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_hash(e public.audit_log) FROM PUBLIC;


--
-- Name: FUNCTION audit_row(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_row() FROM PUBLIC;


--
-- Name: FUNCTION audit_seal_next(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_seal_next() FROM PUBLIC;


--
-- Name: PROCEDURE audit_table(IN table_name text, IN resource text, IN personal text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.audit_table(IN table_name text, IN resource text, IN personal text[]) FROM PUBLIC;


--
-- Name: FUNCTION audit_verify(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_verify() FROM PUBLIC;


--
-- Name: FUNCTION audit_write(resource text, record_id text, villages text[], action text, changes jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.audit_write(resource text, record_id text, villages text[], action text, changes jsonb) FROM PUBLIC;


--
-- Name: FUNCTION auth_accept(subject uuid, address text, password_hash text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_accept(subject uuid, address text, password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_accept(subject uuid, address text, password_hash text) TO ovop_engine;


--
-- Name: FUNCTION auth_client(client_id text, secret_digest text, address text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_client(client_id text, secret_digest text, address text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_client(client_id text, secret_digest text, address text) TO ovop_engine;


--
-- Name: FUNCTION auth_enter(subject uuid, address text, kept text, renewed text, refresh_hash text, ttl_seconds integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_enter(subject uuid, address text, kept text, renewed text, refresh_hash text, ttl_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_enter(subject uuid, address text, kept text, renewed text, refresh_hash text, ttl_seconds integer) TO ovop_engine;


--
-- Name: FUNCTION auth_login(username text, address text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_login(username text, address text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_login(username text, address text) TO ovop_engine;


--
-- Name: FUNCTION auth_password(subject uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_password(subject uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_password(subject uuid) TO ovop_engine;


--
-- Name: FUNCTION auth_password_set(subject uuid, password_hash text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_password_set(subject uuid, password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_password_set(subject uuid, password_hash text) TO ovop_engine;


--
-- Name: FUNCTION auth_refresh(refresh_hash text, new_hash text, ttl_seconds integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_refresh(refresh_hash text, new_hash text, ttl_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_refresh(refresh_hash text, new_hash text, ttl_seconds integer) TO ovop_engine;


--
-- Name: FUNCTION auth_revoke(refresh_hash text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_revoke(refresh_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_revoke(refresh_hash text) TO ovop_engine;


--
-- Name: FUNCTION auth_session(subject uuid, refresh_hash text, ttl_seconds integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.auth_session(subject uuid, refresh_hash text, ttl_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.auth_session(subject uuid, refresh_hash text, ttl_seconds integer) TO ovop_engine;


--
-- Name: PROCEDURE business_policy(IN table_name text, IN role text, IN command text, IN reads text, IN writes text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.business_policy(IN table_name text, IN role text, IN command text, IN reads text, IN writes text) FROM PUBLIC;


--
-- Name: PROCEDURE business_table(IN table_name text, IN resource text, IN write_scope text, IN shared boolean, IN district_wide boolean, IN personal text[], IN workflow text, IN writers text[], IN deciders text[], IN creators text[], IN part_of text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.business_table(IN table_name text, IN resource text, IN write_scope text, IN shared boolean, IN district_wide boolean, IN personal text[], IN workflow text, IN writers text[], IN deciders text[], IN creators text[], IN part_of text) FROM PUBLIC;


--
-- Name: FUNCTION business_touch(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.business_touch() FROM PUBLIC;


--
-- Name: FUNCTION business_workflow(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.business_workflow() FROM PUBLIC;


--
-- Name: TABLE buyer; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_dinas;
GRANT SELECT ON TABLE public.buyer TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.buyer TO ovop_system;


--
-- Name: FUNCTION buyer_contact_row(b public.buyer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.buyer_contact_row(b public.buyer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.buyer_contact_row(b public.buyer) TO ovop_api;


--
-- Name: FUNCTION buyer_row(b public.buyer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.buyer_row(b public.buyer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.buyer_row(b public.buyer) TO ovop_api;


--
-- Name: FUNCTION buyer_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.buyer_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.buyer_rows(ids uuid[]) TO ovop_api;


--
-- Name: FUNCTION catalog_certificates(umkm_id uuid, product_ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_certificates(umkm_id uuid, product_ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_certificates(umkm_id uuid, product_ids uuid[]) TO ovop_public;


--
-- Name: FUNCTION catalog_certified(kinds text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_certified(kinds text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_certified(kinds text[]) TO ovop_public;


--
-- Name: FUNCTION catalog_product_flagships(product_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_product_flagships(product_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_product_flagships(product_id uuid) TO ovop_public;


--
-- Name: FUNCTION catalog_product_markets(product_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_product_markets(product_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_product_markets(product_id uuid) TO ovop_public;


--
-- Name: FUNCTION jsonb_texts(list jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.jsonb_texts(list jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.jsonb_texts(list jsonb) TO ovop_api;
GRANT ALL ON FUNCTION public.jsonb_texts(list jsonb) TO ovop_engine;


--
-- Name: FUNCTION market_reach(steps public.market_step[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.market_reach(steps public.market_step[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.market_reach(steps public.market_step[]) TO ovop_api;


--
-- Name: FUNCTION market_reached_on(steps public.market_step[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.market_reached_on(steps public.market_step[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.market_reached_on(steps public.market_step[]) TO ovop_api;


--
-- Name: FUNCTION size_basis(founded_on date, capital bigint, sales bigint); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.size_basis(founded_on date, capital bigint, sales bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.size_basis(founded_on date, capital bigint, sales bigint) TO ovop_api;


--
-- Name: FUNCTION size_class(founded_on date, capital bigint, sales bigint); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.size_class(founded_on date, capital bigint, sales bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.size_class(founded_on date, capital bigint, sales bigint) TO ovop_api;


--
-- Name: TABLE product; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_dinas;
GRANT SELECT ON TABLE public.product TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.product TO ovop_system;


--
-- Name: COLUMN product.umkm_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(umkm_id) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.village_enterprise_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_enterprise_id) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.name_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name_id) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.name_en; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name_en) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.story_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(story_id) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.story_en; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(story_en) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.brand; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(brand) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.category; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(category) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.hs_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(hs_code) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.hs_edition; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(hs_edition) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.price_min_idr; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(price_min_idr) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.price_max_idr; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(price_max_idr) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.unit; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(unit) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.moq; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(moq) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.monthly_capacity; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(monthly_capacity) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.shelf_life_days; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(shelf_life_days) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.villages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(villages) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.district_codes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(district_codes) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.market_reach; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(market_reach) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.market_reached_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(market_reached_on) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.search; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(search) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.version; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(version) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.product TO ovop_public;


--
-- Name: COLUMN product.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.product TO ovop_public;


--
-- Name: TABLE reference; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.reference TO ovop_api;


--
-- Name: COLUMN reference.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.list; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(list) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.code; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(code) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.edition; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(edition) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.name_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name_id),UPDATE(name_id) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.name_en; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name_en),UPDATE(name_en) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.valid_from; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(valid_from),UPDATE(valid_from) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.valid_to; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(valid_to),UPDATE(valid_to) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.alpha3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(alpha3),UPDATE(alpha3) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.minor_units; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(minor_units),UPDATE(minor_units) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.sea_only; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(sea_only),UPDATE(sea_only) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.country_code; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(country_code),UPDATE(country_code) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.customs_code; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(customs_code),UPDATE(customs_code) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.equivalent_code; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(equivalent_code),UPDATE(equivalent_code) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.unit; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(unit),UPDATE(unit) ON TABLE public.reference TO ovop_dinas;


--
-- Name: COLUMN reference.figure; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(figure),UPDATE(figure) ON TABLE public.reference TO ovop_dinas;


--
-- Name: TABLE umkm; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_dinas;
GRANT SELECT ON TABLE public.umkm TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm TO ovop_system;


--
-- Name: COLUMN umkm.name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.kbli_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kbli_code) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.kbli_edition; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kbli_edition) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.legal_form; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(legal_form) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.founded_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(founded_on) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.district_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(district_code) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.size_class; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(size_class) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.search; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(search) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.version; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(version) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.umkm TO ovop_public;


--
-- Name: COLUMN umkm.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.umkm TO ovop_public;


--
-- Name: TABLE village; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.village TO ovop_api;


--
-- Name: COLUMN village.population; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(population) ON TABLE public.village TO ovop_dinas;


--
-- Name: COLUMN village.population_year; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(population_year) ON TABLE public.village TO ovop_dinas;


--
-- Name: COLUMN village.index_name; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(index_name) ON TABLE public.village TO ovop_dinas;


--
-- Name: COLUMN village.index_year; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(index_year) ON TABLE public.village TO ovop_dinas;


--
-- Name: COLUMN village.index_score; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(index_score) ON TABLE public.village TO ovop_dinas;


--
-- Name: COLUMN village.index_status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(index_status) ON TABLE public.village TO ovop_dinas;


--
-- Name: TABLE village_enterprise; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_dinas;
GRANT SELECT ON TABLE public.village_enterprise TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_enterprise TO ovop_system;


--
-- Name: COLUMN village_enterprise.name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(name) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.legal_number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(legal_number) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.established_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(established_on) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.unit_businesses; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(unit_businesses) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.rank; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(rank) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.rank_year; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(rank_year) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.villages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(villages) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.district_codes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(district_codes) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.kbli_codes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kbli_codes) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.search; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(search) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.version; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(version) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: TABLE catalog_product; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.catalog_product TO ovop_public;


--
-- Name: FUNCTION catalog_product_row(p public.catalog_product); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_product_row(p public.catalog_product) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_product_row(p public.catalog_product) TO ovop_public;


--
-- Name: FUNCTION catalog_product_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_product_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_product_rows(ids uuid[]) TO ovop_public;


--
-- Name: FUNCTION catalog_product_stars(product_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_product_stars(product_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_product_stars(product_id uuid) TO ovop_public;


--
-- Name: FUNCTION catalog_starred(kind text, schemes text[], stars integer[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_starred(kind text, schemes text[], stars integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_starred(kind text, schemes text[], stars integer[]) TO ovop_public;


--
-- Name: FUNCTION catalog_umkm_certificates(umkm_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_umkm_certificates(umkm_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_umkm_certificates(umkm_id uuid) TO ovop_public;


--
-- Name: TABLE catalog_umkm; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.catalog_umkm TO ovop_public;


--
-- Name: FUNCTION catalog_umkm_row(u public.catalog_umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_umkm_row(u public.catalog_umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_umkm_row(u public.catalog_umkm) TO ovop_public;


--
-- Name: FUNCTION catalog_umkm_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_umkm_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_umkm_rows(ids uuid[]) TO ovop_public;


--
-- Name: TABLE catalog_village_enterprise; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.catalog_village_enterprise TO ovop_public;


--
-- Name: FUNCTION catalog_village_enterprise_row(e public.catalog_village_enterprise); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_enterprise_row(e public.catalog_village_enterprise) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_enterprise_row(e public.catalog_village_enterprise) TO ovop_public;


--
-- Name: FUNCTION catalog_village_enterprise_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_enterprise_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_enterprise_rows(ids uuid[]) TO ovop_public;


--
-- Name: FUNCTION catalog_village_flagship(village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_flagship(village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_flagship(village_code text) TO ovop_public;


--
-- Name: FUNCTION catalog_village_potentials(village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_potentials(village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_potentials(village_code text) TO ovop_public;


--
-- Name: FUNCTION catalog_village_row(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_row(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_row(v public.village) TO ovop_public;


--
-- Name: FUNCTION certification_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_hold() FROM PUBLIC;


--
-- Name: FUNCTION certification_number(kind text, number text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_number(kind text, number text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.certification_number(kind text, number text) TO ovop_api;


--
-- Name: FUNCTION certification_place(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_place() FROM PUBLIC;


--
-- Name: TABLE certification; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_dinas;
GRANT SELECT ON TABLE public.certification TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certification TO ovop_system;


--
-- Name: COLUMN certification.umkm_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(umkm_id) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.product_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(product_id) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.issuer; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(issuer) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.issued_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(issued_on) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.expires_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(expires_on) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.ends_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(ends_on) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.public_number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(public_number) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.certification TO ovop_public;


--
-- Name: COLUMN certification.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.certification TO ovop_public;


--
-- Name: FUNCTION certification_row(c public.certification, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_row(c public.certification, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.certification_row(c public.certification, expand text[]) TO ovop_api;


--
-- Name: FUNCTION certification_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.certification_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION certification_state(ends_on date, day date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_state(ends_on date, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.certification_state(ends_on date, day date) TO ovop_api;


--
-- Name: FUNCTION certification_warnings(c public.certification); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.certification_warnings(c public.certification) FROM PUBLIC;
GRANT ALL ON FUNCTION public.certification_warnings(c public.certification) TO ovop_api;


--
-- Name: FUNCTION change_check(table_name text, id uuid, patch jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.change_check(table_name text, id uuid, patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_check(table_name text, id uuid, patch jsonb) TO ovop_api;


--
-- Name: FUNCTION change_decided(resource text, status text, request public.change_request, decision text, note text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.change_decided(resource text, status text, request public.change_request, decision text, note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_decided(resource text, status text, request public.change_request, decision text, note text) TO ovop_api;


--
-- Name: FUNCTION change_request_brief(request public.change_request); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.change_request_brief(request public.change_request) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_request_brief(request public.change_request) TO ovop_api;


--
-- Name: FUNCTION change_request_row(request public.change_request, record jsonb, actions json); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.change_request_row(request public.change_request, record jsonb, actions json) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_request_row(request public.change_request, record jsonb, actions json) TO ovop_api;


--
-- Name: FUNCTION change_writers(writers uuid[], request public.change_request); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.change_writers(writers uuid[], request public.change_request) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_writers(writers uuid[], request public.change_request) TO ovop_api;


--
-- Name: FUNCTION check_version(version integer, if_match text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.check_version(version integer, if_match text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.check_version(version integer, if_match text[]) TO ovop_api;
GRANT ALL ON FUNCTION public.check_version(version integer, if_match text[]) TO ovop_engine;


--
-- Name: FUNCTION claim_counts(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_counts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_counts() TO ovop_api;


--
-- Name: FUNCTION claim_district(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_district() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_district() TO ovop_api;
GRANT ALL ON FUNCTION public.claim_district() TO ovop_engine;


--
-- Name: FUNCTION claim_everywhere(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_everywhere() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_everywhere() TO ovop_api;
GRANT ALL ON FUNCTION public.claim_everywhere() TO ovop_engine;


--
-- Name: FUNCTION claim_role(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_role() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_role() TO ovop_api;
GRANT ALL ON FUNCTION public.claim_role() TO ovop_engine;


--
-- Name: FUNCTION claim_scope(scope text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_scope(scope text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_scope(scope text) TO ovop_api;
GRANT ALL ON FUNCTION public.claim_scope(scope text) TO ovop_engine;


--
-- Name: FUNCTION claim_source(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_source() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_source() TO ovop_api;


--
-- Name: FUNCTION claim_subject(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_subject() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_subject() TO ovop_api;
GRANT ALL ON FUNCTION public.claim_subject() TO ovop_engine;


--
-- Name: FUNCTION claim_villages(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claim_villages() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_villages() TO ovop_api;
GRANT ALL ON FUNCTION public.claim_villages() TO ovop_engine;


--
-- Name: FUNCTION claims(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claims() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claims() TO ovop_api;
GRANT ALL ON FUNCTION public.claims() TO ovop_engine;


--
-- Name: FUNCTION claims_given(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claims_given() FROM PUBLIC;
GRANT ALL ON FUNCTION public.claims_given() TO ovop_api;


--
-- Name: FUNCTION claims_hold(claims jsonb, villages text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claims_hold(claims jsonb, villages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claims_hold(claims jsonb, villages text[]) TO ovop_api;


--
-- Name: FUNCTION claims_hold(claims jsonb, village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.claims_hold(claims jsonb, village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claims_hold(claims jsonb, village_code text) TO ovop_api;


--
-- Name: FUNCTION code_named(list text, code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.code_named(list text, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.code_named(list text, code text) TO ovop_api;


--
-- Name: FUNCTION commitment_done(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_done() FROM PUBLIC;


--
-- Name: FUNCTION commitment_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_hold() FROM PUBLIC;


--
-- Name: TABLE commitment; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,UPDATE ON TABLE public.commitment TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.commitment TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.commitment TO ovop_bupati;
GRANT SELECT ON TABLE public.commitment TO ovop_system;


--
-- Name: FUNCTION commitment_overdue(c public.commitment); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_overdue(c public.commitment) FROM PUBLIC;
GRANT ALL ON FUNCTION public.commitment_overdue(c public.commitment) TO ovop_api;


--
-- Name: FUNCTION commitment_progress_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_progress_hold() FROM PUBLIC;


--
-- Name: TABLE commitment_progress; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.commitment_progress TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.commitment_progress TO ovop_dinas;
GRANT SELECT ON TABLE public.commitment_progress TO ovop_bupati;
GRANT SELECT ON TABLE public.commitment_progress TO ovop_system;


--
-- Name: FUNCTION commitment_progress_last(commitment_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_progress_last(commitment_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.commitment_progress_last(commitment_id uuid) TO ovop_api;


--
-- Name: FUNCTION commitment_progress_row(p public.commitment_progress); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_progress_row(p public.commitment_progress) FROM PUBLIC;
GRANT ALL ON FUNCTION public.commitment_progress_row(p public.commitment_progress) TO ovop_api;


--
-- Name: FUNCTION commitment_row(c public.commitment, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_row(c public.commitment, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.commitment_row(c public.commitment, expand text[]) TO ovop_api;


--
-- Name: FUNCTION commitment_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.commitment_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION commitment_runs(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.commitment_runs() FROM PUBLIC;


--
-- Name: FUNCTION credential_put(subject uuid, digest text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.credential_put(subject uuid, digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.credential_put(subject uuid, digest text) TO ovop_admin;


--
-- Name: FUNCTION data_subject_request_done(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.data_subject_request_done() FROM PUBLIC;


--
-- Name: FUNCTION data_subject_request_due(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.data_subject_request_due() FROM PUBLIC;


--
-- Name: FUNCTION data_subject_request_follow(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.data_subject_request_follow() FROM PUBLIC;


--
-- Name: TABLE data_subject_request; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.data_subject_request TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.data_subject_request TO ovop_dinas;
GRANT SELECT ON TABLE public.data_subject_request TO ovop_bupati;
GRANT SELECT ON TABLE public.data_subject_request TO ovop_system;


--
-- Name: FUNCTION data_subject_request_row(r public.data_subject_request, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.data_subject_request_row(r public.data_subject_request, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.data_subject_request_row(r public.data_subject_request, expand text[]) TO ovop_api;


--
-- Name: FUNCTION data_subject_request_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.data_subject_request_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.data_subject_request_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION day_of(at timestamp with time zone); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.day_of(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.day_of(at timestamp with time zone) TO ovop_api;


--
-- Name: TABLE district; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.district TO ovop_api;


--
-- Name: FUNCTION district_row(d public.district); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.district_row(d public.district) FROM PUBLIC;
GRANT ALL ON FUNCTION public.district_row(d public.district) TO ovop_api;


--
-- Name: FUNCTION export_compute(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_compute() FROM PUBLIC;


--
-- Name: FUNCTION export_grade(documents jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_grade(documents jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_grade(documents jsonb) TO ovop_api;


--
-- Name: TABLE export; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_dinas;
GRANT SELECT ON TABLE public.export TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.export TO ovop_system;


--
-- Name: FUNCTION export_counts(e public.export, restricted uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_counts(e public.export, restricted uuid[]) FROM PUBLIC;


--
-- Name: FUNCTION export_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_hold() FROM PUBLIC;


--
-- Name: FUNCTION export_lift(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_lift() FROM PUBLIC;


--
-- Name: FUNCTION export_lifts(e public.export); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_lifts(e public.export) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_lifts(e public.export) TO ovop_api;


--
-- Name: FUNCTION export_products(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_products(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_products(ids uuid[]) TO ovop_api;


--
-- Name: FUNCTION export_row(e public.export); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_row(e public.export) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_row(e public.export) TO ovop_api;


--
-- Name: FUNCTION export_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_rows(ids uuid[]) TO ovop_api;


--
-- Name: FUNCTION export_total_add(e public.export, sign integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_total_add(e public.export, sign integer) FROM PUBLIC;


--
-- Name: FUNCTION export_totals(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_totals() FROM PUBLIC;


--
-- Name: FUNCTION export_totals_public(years integer[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_totals_public(years integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_totals_public(years integer[]) TO ovop_public;


--
-- Name: FUNCTION export_totals_restricted(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_totals_restricted() FROM PUBLIC;


--
-- Name: FUNCTION export_valued(lines jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_valued(lines jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_valued(lines jsonb) TO ovop_api;


--
-- Name: FUNCTION export_warnings(e public.export); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.export_warnings(e public.export) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_warnings(e public.export) TO ovop_api;


--
-- Name: FUNCTION exporter_key(name text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.exporter_key(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.exporter_key(name text) TO ovop_api;


--
-- Name: FUNCTION exporters_counted(names text[], businesses text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.exporters_counted(names text[], businesses text[]) FROM PUBLIC;


--
-- Name: FUNCTION flagship_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_hold() FROM PUBLIC;


--
-- Name: FUNCTION flagship_in_force(status text, valid_from date, valid_to date, day date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_in_force(status text, valid_from date, valid_to date, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flagship_in_force(status text, valid_from date, valid_to date, day date) TO ovop_api;


--
-- Name: TABLE flagship; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.flagship TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.flagship TO ovop_dinas;
GRANT SELECT ON TABLE public.flagship TO ovop_bupati;
GRANT SELECT ON TABLE public.flagship TO ovop_system;


--
-- Name: COLUMN flagship.product_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(product_id) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.decree_number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(decree_number) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.decreed_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(decreed_on) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.valid_from; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(valid_from) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.valid_to; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(valid_to) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.flagship TO ovop_public;


--
-- Name: COLUMN flagship.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.flagship TO ovop_public;


--
-- Name: FUNCTION flagship_row(f public.flagship, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_row(f public.flagship, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flagship_row(f public.flagship, expand text[]) TO ovop_api;


--
-- Name: FUNCTION flagship_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flagship_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION flagship_taken(f public.flagship); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_taken(f public.flagship) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flagship_taken(f public.flagship) TO ovop_api;


--
-- Name: FUNCTION flagship_warnings(f public.flagship); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.flagship_warnings(f public.flagship) FROM PUBLIC;
GRANT ALL ON FUNCTION public.flagship_warnings(f public.flagship) TO ovop_api;


--
-- Name: FUNCTION follow(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.follow() FROM PUBLIC;


--
-- Name: PROCEDURE force_policies(VARIADIC tables text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.force_policies(VARIADIC tables text[]) FROM PUBLIC;


--
-- Name: FUNCTION forget(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.forget() FROM PUBLIC;


--
-- Name: FUNCTION forget_due(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.forget_due() FROM PUBLIC;


--
-- Name: FUNCTION forget_record(resource text, record_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.forget_record(resource text, record_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION grant_login(login text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.grant_login(login text) FROM PUBLIC;


--
-- Name: PROCEDURE hold_parents(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.hold_parents() FROM PUBLIC;


--
-- Name: FUNCTION housekeep(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.housekeep() FROM PUBLIC;
GRANT ALL ON FUNCTION public.housekeep() TO ovop_engine;


--
-- Name: FUNCTION idempotency_claim(principal text, key text, hash text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.idempotency_claim(principal text, key text, hash text) FROM PUBLIC;


--
-- Name: FUNCTION idempotency_keep(reply json); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.idempotency_keep(reply json) FROM PUBLIC;
GRANT ALL ON FUNCTION public.idempotency_keep(reply json) TO ovop_api;


--
-- Name: FUNCTION idempotency_replay(principal text, key text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.idempotency_replay(principal text, key text) FROM PUBLIC;


--
-- Name: FUNCTION in_scope(village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.in_scope(village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.in_scope(village_code text) TO ovop_api;


--
-- Name: PROCEDURE keep_personal(IN table_name text, IN forgotten jsonb, IN umkm_id text, IN ends_at text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.keep_personal(IN table_name text, IN forgotten jsonb, IN umkm_id text, IN ends_at text) FROM PUBLIC;


--
-- Name: FUNCTION kept_actions(resource text, village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.kept_actions(resource text, village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.kept_actions(resource text, village_code text) TO ovop_api;


--
-- Name: PROCEDURE list_rows(VARIADIC nouns text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.list_rows(VARIADIC nouns text[]) FROM PUBLIC;


--
-- Name: FUNCTION map_url(latitude numeric, longitude numeric); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.map_url(latitude numeric, longitude numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION public.map_url(latitude numeric, longitude numeric) TO ovop_public;


--
-- Name: FUNCTION market_reach_on(p public.product, day date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.market_reach_on(p public.product, day date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.market_reach_on(p public.product, day date) TO ovop_api;


--
-- Name: FUNCTION market_steps_effective(steps public.market_step[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.market_steps_effective(steps public.market_step[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.market_steps_effective(steps public.market_step[]) TO ovop_api;


--
-- Name: FUNCTION mentoring_action_item_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_action_item_hold() FROM PUBLIC;


--
-- Name: TABLE mentoring_action_item; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.mentoring_action_item TO ovop_dinas;
GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_bupati;
GRANT SELECT ON TABLE public.mentoring_action_item TO ovop_system;


--
-- Name: FUNCTION mentoring_action_item_row(i public.mentoring_action_item); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_action_item_row(i public.mentoring_action_item) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_action_item_row(i public.mentoring_action_item) TO ovop_api;


--
-- Name: FUNCTION mentoring_action_item_rows(ids uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_action_item_rows(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_action_item_rows(ids uuid[]) TO ovop_api;


--
-- Name: FUNCTION mentoring_action_item_session(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_action_item_session() FROM PUBLIC;


--
-- Name: FUNCTION mentoring_mentor_row(s public.mentoring_session); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_mentor_row(s public.mentoring_session) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_mentor_row(s public.mentoring_session) TO ovop_api;


--
-- Name: FUNCTION mentoring_participant_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_participant_hold() FROM PUBLIC;


--
-- Name: FUNCTION mentoring_participant_row(p public.mentoring_participant); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_participant_row(p public.mentoring_participant) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_participant_row(p public.mentoring_participant) TO ovop_api;


--
-- Name: FUNCTION mentoring_participant_seat(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_participant_seat() FROM PUBLIC;


--
-- Name: FUNCTION mentoring_session_begun(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_session_begun() FROM PUBLIC;


--
-- Name: FUNCTION mentoring_session_brief(s public.mentoring_session); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_session_brief(s public.mentoring_session) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_session_brief(s public.mentoring_session) TO ovop_api;


--
-- Name: FUNCTION mentoring_session_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_session_hold() FROM PUBLIC;


--
-- Name: FUNCTION mentoring_session_row(s public.mentoring_session, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_session_row(s public.mentoring_session, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_session_row(s public.mentoring_session, expand text[]) TO ovop_api;


--
-- Name: FUNCTION mentoring_session_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.mentoring_session_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mentoring_session_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION narrowed(q text, villages text[], claims jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.narrowed(q text, villages text[], claims jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.narrowed(q text, villages text[], claims jsonb) TO ovop_api;


--
-- Name: FUNCTION outcome_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.outcome_hold() FROM PUBLIC;


--
-- Name: TABLE outcome; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.outcome TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.outcome TO ovop_dinas;
GRANT SELECT ON TABLE public.outcome TO ovop_bupati;
GRANT SELECT ON TABLE public.outcome TO ovop_system;


--
-- Name: FUNCTION outcome_mentored_on(o public.outcome); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.outcome_mentored_on(o public.outcome) FROM PUBLIC;
GRANT ALL ON FUNCTION public.outcome_mentored_on(o public.outcome) TO ovop_api;


--
-- Name: FUNCTION outcome_row(o public.outcome, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.outcome_row(o public.outcome, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.outcome_row(o public.outcome, expand text[]) TO ovop_api;


--
-- Name: FUNCTION outcome_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.outcome_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.outcome_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION outcome_still_mentored(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.outcome_still_mentored() FROM PUBLIC;


--
-- Name: FUNCTION part_written(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.part_written() FROM PUBLIC;


--
-- Name: FUNCTION personal_reads(resource text, record_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.personal_reads(resource text, record_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.personal_reads(resource text, record_id uuid) TO ovop_api;


--
-- Name: FUNCTION personal_record_keep(kept public.personal_data, record jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.personal_record_keep(kept public.personal_data, record jsonb) FROM PUBLIC;


--
-- Name: FUNCTION personal_record_kept(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.personal_record_kept() FROM PUBLIC;


--
-- Name: TABLE personal_record; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.personal_record TO ovop_dinas;


--
-- Name: FUNCTION personal_record_row(p public.personal_record); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.personal_record_row(p public.personal_record) FROM PUBLIC;
GRANT ALL ON FUNCTION public.personal_record_row(p public.personal_record) TO ovop_dinas;


--
-- Name: FUNCTION potential_step(stage text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.potential_step(stage text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.potential_step(stage text) TO ovop_api;


--
-- Name: FUNCTION product_brief(id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_brief(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_brief(id uuid) TO ovop_api;


--
-- Name: FUNCTION product_contact(umkm_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_contact(umkm_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_contact(umkm_id uuid) TO ovop_public;


--
-- Name: FUNCTION product_documents(product_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_documents(product_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_documents(product_id uuid) TO ovop_api;


--
-- Name: FUNCTION product_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_hold() FROM PUBLIC;


--
-- Name: FUNCTION product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text) TO ovop_dinas;


--
-- Name: FUNCTION product_market_step_add(product_id uuid, step public.market_step); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_market_step_add(product_id uuid, step public.market_step) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_market_step_add(product_id uuid, step public.market_step) TO ovop_dinas;


--
-- Name: FUNCTION product_market_step_row(p public.product); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_market_step_row(p public.product) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_market_step_row(p public.product) TO ovop_api;


--
-- Name: FUNCTION product_market_unlift(product_id uuid, export_id uuid, evidence text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_market_unlift(product_id uuid, export_id uuid, evidence text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_market_unlift(product_id uuid, export_id uuid, evidence text) TO ovop_dinas;


--
-- Name: FUNCTION product_row(p public.product, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_row(p public.product, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_row(p public.product, expand text[]) TO ovop_api;


--
-- Name: FUNCTION product_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION product_warnings(p public.product); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.product_warnings(p public.product) FROM PUBLIC;
GRANT ALL ON FUNCTION public.product_warnings(p public.product) TO ovop_api;


--
-- Name: FUNCTION production_report_correct(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.production_report_correct() FROM PUBLIC;


--
-- Name: FUNCTION production_report_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.production_report_hold() FROM PUBLIC;


--
-- Name: TABLE production_report; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_dinas;
GRANT SELECT ON TABLE public.production_report TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.production_report TO ovop_system;


--
-- Name: FUNCTION production_report_row(r public.production_report, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.production_report_row(r public.production_report, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.production_report_row(r public.production_report, expand text[]) TO ovop_api;


--
-- Name: FUNCTION production_report_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.production_report_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.production_report_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION production_report_warnings(r public.production_report); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.production_report_warnings(r public.production_report) FROM PUBLIC;
GRANT ALL ON FUNCTION public.production_report_warnings(r public.production_report) TO ovop_api;


--
-- Name: FUNCTION public_contact(whose text, name text, phone text, whatsapp text, email text, links text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.public_contact(whose text, name text, phone text, whatsapp text, email text, links text[]) FROM PUBLIC;


--
-- Name: FUNCTION record_history(resource text, record_id text, member text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.record_history(resource text, record_id text, member text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_history(resource text, record_id text, member text) TO ovop_api;


--
-- Name: FUNCTION reference_row(r public.reference); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.reference_row(r public.reference) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reference_row(r public.reference) TO ovop_api;


--
-- Name: FUNCTION refuse(problem text, violations jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refuse(problem text, violations jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refuse(problem text, violations jsonb) TO ovop_api;
GRANT ALL ON FUNCTION public.refuse(problem text, violations jsonb) TO ovop_engine;


--
-- Name: FUNCTION refuse_in_use(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refuse_in_use() FROM PUBLIC;


--
-- Name: FUNCTION refuse_violations(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refuse_violations() FROM PUBLIC;


--
-- Name: FUNCTION register_changed_at(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.register_changed_at() FROM PUBLIC;
GRANT ALL ON FUNCTION public.register_changed_at() TO ovop_api;


--
-- Name: FUNCTION report_areas(counted_by text, districts text[], villages text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_areas(counted_by text, districts text[], villages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_areas(counted_by text, districts text[], villages text[]) TO ovop_api;


--
-- Name: FUNCTION report_branding(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_branding(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_branding(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_counts(status text, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_counts(status text, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_counts(status text, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_definitions(report text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_definitions(report text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_definitions(report text) TO ovop_api;


--
-- Name: FUNCTION report_markets(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_markets(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_markets(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_productivity(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_productivity(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_productivity(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION report_result(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_result(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_result(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) TO ovop_api;


--
-- Name: FUNCTION report_snapshot_names(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_snapshot_names() FROM PUBLIC;


--
-- Name: TABLE report_snapshot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.report_snapshot TO ovop_dinas;
GRANT SELECT ON TABLE public.report_snapshot TO ovop_bupati;
GRANT SELECT ON TABLE public.report_snapshot TO ovop_system;


--
-- Name: COLUMN report_snapshot.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(id) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.report; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(report) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(report) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.title; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(title) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(title) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.as_of; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(as_of) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(as_of) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.period_from; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(period_from) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(period_from) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.period_to; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(period_to) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(period_to) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.counted_by; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(counted_by) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(counted_by) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.district_codes; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(district_codes) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(district_codes) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.village_codes; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(village_codes) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(village_codes) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.verified_only; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(verified_only) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(verified_only) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.result; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(result) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(result) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: COLUMN report_snapshot.sha256; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(sha256) ON TABLE public.report_snapshot TO ovop_dinas;
GRANT INSERT(sha256) ON TABLE public.report_snapshot TO ovop_bupati;


--
-- Name: FUNCTION report_snapshot_row(s public.report_snapshot); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_snapshot_row(s public.report_snapshot) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_snapshot_row(s public.report_snapshot) TO ovop_api;


--
-- Name: FUNCTION report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date, verified boolean) TO ovop_api;


--
-- Name: FUNCTION report_village_brief(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.report_village_brief(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_village_brief(counted_by text, districts text[], villages text[], period_from date, period_to date, verified_only boolean) TO ovop_api;


--
-- Name: FUNCTION reporting_village(umkm_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.reporting_village(umkm_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reporting_village(umkm_id uuid) TO ovop_api;


--
-- Name: PROCEDURE restrict_processing(IN table_name text, IN umkm_id text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.restrict_processing(IN table_name text, IN umkm_id text) FROM PUBLIC;


--
-- Name: FUNCTION retained_until(resource text, ended_on date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.retained_until(resource text, ended_on date) FROM PUBLIC;


--
-- Name: FUNCTION retention_changed(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.retention_changed() FROM PUBLIC;


--
-- Name: FUNCTION search_query(q text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.search_query(q text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_query(q text) TO ovop_api;


--
-- Name: FUNCTION seats_taken(session_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.seats_taken(session_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.seats_taken(session_id uuid) TO ovop_api;


--
-- Name: TABLE service_account; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.service_account TO ovop_admin;
GRANT SELECT ON TABLE public.service_account TO ovop_bupati;
GRANT SELECT ON TABLE public.service_account TO ovop_dinas;
GRANT SELECT ON TABLE public.service_account TO ovop_bumdes;
GRANT SELECT ON TABLE public.service_account TO ovop_system;


--
-- Name: COLUMN service_account.client_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(client_id) ON TABLE public.service_account TO ovop_admin;


--
-- Name: COLUMN service_account.name; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name),UPDATE(name) ON TABLE public.service_account TO ovop_admin;


--
-- Name: COLUMN service_account.scopes; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(scopes),UPDATE(scopes) ON TABLE public.service_account TO ovop_admin;


--
-- Name: COLUMN service_account.villages; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(villages),UPDATE(villages) ON TABLE public.service_account TO ovop_admin;


--
-- Name: COLUMN service_account.disabled_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(disabled_at) ON TABLE public.service_account TO ovop_admin;


--
-- Name: FUNCTION service_account_row(a public.service_account); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.service_account_row(a public.service_account) FROM PUBLIC;
GRANT ALL ON FUNCTION public.service_account_row(a public.service_account) TO ovop_admin;


--
-- Name: FUNCTION share(part numeric, whole numeric); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.share(part numeric, whole numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION public.share(part numeric, whole numeric) TO ovop_api;


--
-- Name: FUNCTION sort_key(q text, key anyelement); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.sort_key(q text, key anyelement) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sort_key(q text, key anyelement) TO ovop_api;


--
-- Name: TABLE star_assessment; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.star_assessment TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.star_assessment TO ovop_dinas;
GRANT SELECT ON TABLE public.star_assessment TO ovop_bupati;
GRANT SELECT ON TABLE public.star_assessment TO ovop_system;


--
-- Name: COLUMN star_assessment.product_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(product_id) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.scheme; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(scheme) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.year; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(year) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.certificate_number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(certificate_number) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.awarded_by; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(awarded_by) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.awarded_on; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(awarded_on) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.umkm_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(umkm_id) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.result; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(result) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: COLUMN star_assessment.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.star_assessment TO ovop_public;


--
-- Name: FUNCTION star_advice(a public.star_assessment); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_advice(a public.star_assessment) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_advice(a public.star_assessment) TO ovop_api;


--
-- Name: FUNCTION star_assessment_compute(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_assessment_compute() FROM PUBLIC;


--
-- Name: FUNCTION star_assessment_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_assessment_hold() FROM PUBLIC;


--
-- Name: FUNCTION star_assessment_row(a public.star_assessment, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_assessment_row(a public.star_assessment, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_assessment_row(a public.star_assessment, expand text[]) TO ovop_api;


--
-- Name: FUNCTION star_assessment_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_assessment_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_assessment_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION star_levels(levels jsonb, category text, held text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_levels(levels jsonb, category text, held text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_levels(levels jsonb, category text, held text[]) TO ovop_api;


--
-- Name: FUNCTION star_max_total(criteria jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_max_total(criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_max_total(criteria jsonb) TO ovop_api;


--
-- Name: TABLE star_rubric; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.star_rubric TO ovop_api;


--
-- Name: COLUMN star_rubric.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.scheme; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(scheme) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.year; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(year) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.name_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name_id),UPDATE(name_id) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.name_en; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name_en),UPDATE(name_en) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.criteria; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(criteria),UPDATE(criteria) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: COLUMN star_rubric.levels; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(levels),UPDATE(levels) ON TABLE public.star_rubric TO ovop_dinas;


--
-- Name: FUNCTION star_rubric_row(r public.star_rubric); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_rubric_row(r public.star_rubric) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_rubric_row(r public.star_rubric) TO ovop_api;


--
-- Name: FUNCTION star_scheme_stars(scheme text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.star_scheme_stars(scheme text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.star_scheme_stars(scheme text) TO ovop_api;


--
-- Name: TABLE resource; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.resource TO ovop_api;


--
-- Name: TABLE workflow_transition; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow_transition TO ovop_api;


--
-- Name: FUNCTION step_roles(rule public.resource, step public.workflow_transition); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.step_roles(rule public.resource, step public.workflow_transition) FROM PUBLIC;
GRANT ALL ON FUNCTION public.step_roles(rule public.resource, step public.workflow_transition) TO ovop_api;


--
-- Name: FUNCTION taken_back(was jsonb, is_now jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.taken_back(was jsonb, is_now jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.taken_back(was jsonb, is_now jsonb) TO ovop_api;
GRANT ALL ON FUNCTION public.taken_back(was jsonb, is_now jsonb) TO ovop_engine;


--
-- Name: TABLE target; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.target TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.target TO ovop_dinas;
GRANT SELECT,UPDATE ON TABLE public.target TO ovop_bupati;
GRANT SELECT ON TABLE public.target TO ovop_system;


--
-- Name: FUNCTION target_row(t public.target, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.target_row(t public.target, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.target_row(t public.target, expand text[]) TO ovop_api;


--
-- Name: FUNCTION target_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.target_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.target_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION throttle_account(kind text, name text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.throttle_account(kind text, name text) FROM PUBLIC;


--
-- Name: FUNCTION throttle_clear(account text, address text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.throttle_clear(account text, address text) FROM PUBLIC;


--
-- Name: FUNCTION throttle_try(account text, address text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.throttle_try(account text, address text) FROM PUBLIC;


--
-- Name: FUNCTION today(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.today() FROM PUBLIC;
GRANT ALL ON FUNCTION public.today() TO ovop_api;


--
-- Name: FUNCTION told_median(median double precision, of_how_many bigint); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.told_median(median double precision, of_how_many bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.told_median(median double precision, of_how_many bigint) TO ovop_api;


--
-- Name: FUNCTION touch(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.touch() FROM PUBLIC;


--
-- Name: FUNCTION training_program_brief(id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.training_program_brief(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.training_program_brief(id uuid) TO ovop_api;


--
-- Name: FUNCTION training_program_figures(program_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.training_program_figures(program_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.training_program_figures(program_id uuid) TO ovop_api;


--
-- Name: FUNCTION training_program_over(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.training_program_over() FROM PUBLIC;


--
-- Name: TABLE training_program; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.training_program TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.training_program TO ovop_dinas;
GRANT SELECT ON TABLE public.training_program TO ovop_bupati;
GRANT SELECT ON TABLE public.training_program TO ovop_system;


--
-- Name: FUNCTION training_program_row(p public.training_program, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.training_program_row(p public.training_program, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.training_program_row(p public.training_program, expand text[]) TO ovop_api;


--
-- Name: FUNCTION training_program_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.training_program_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.training_program_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION umkm_brief(id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_brief(id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_brief(id uuid) TO ovop_api;


--
-- Name: TABLE umkm_consent; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_dinas;
GRANT SELECT ON TABLE public.umkm_consent TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_consent TO ovop_system;


--
-- Name: FUNCTION umkm_consent_row(c public.umkm_consent); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_consent_row(c public.umkm_consent) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_consent_row(c public.umkm_consent) TO ovop_api;


--
-- Name: FUNCTION umkm_ended(umkm_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_ended(umkm_id uuid) FROM PUBLIC;


--
-- Name: FUNCTION umkm_ends(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_ends() FROM PUBLIC;


--
-- Name: FUNCTION umkm_erase(u public.umkm, business_contact boolean, others uuid[], ground text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_erase(u public.umkm, business_contact boolean, others uuid[], ground text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_erase(u public.umkm, business_contact boolean, others uuid[], ground text) TO ovop_dinas;


--
-- Name: TABLE umkm_owner; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_owner TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_owner TO ovop_dinas;
GRANT SELECT ON TABLE public.umkm_owner TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.umkm_owner TO ovop_system;


--
-- Name: FUNCTION umkm_owner_row(o public.umkm_owner, c public.umkm_consent); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_owner_row(o public.umkm_owner, c public.umkm_consent) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_owner_row(o public.umkm_owner, c public.umkm_consent) TO ovop_api;


--
-- Name: FUNCTION umkm_personal_data(u public.umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_personal_data(u public.umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_personal_data(u public.umkm) TO ovop_dinas;


--
-- Name: FUNCTION umkm_public(umkm_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_public(umkm_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_public(umkm_id uuid) TO ovop_public;


--
-- Name: FUNCTION umkm_restricted(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_restricted() FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_restricted() TO ovop_api;


--
-- Name: FUNCTION umkm_row(u public.umkm, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_row(u public.umkm, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_row(u public.umkm, expand text[]) TO ovop_api;


--
-- Name: FUNCTION umkm_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION umkm_warnings(u public.umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_warnings(u public.umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_warnings(u public.umkm) TO ovop_api;


--
-- Name: TABLE user_account; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.user_account TO ovop_admin;
GRANT SELECT ON TABLE public.user_account TO ovop_bupati;
GRANT SELECT ON TABLE public.user_account TO ovop_dinas;
GRANT SELECT ON TABLE public.user_account TO ovop_bumdes;
GRANT SELECT ON TABLE public.user_account TO ovop_system;


--
-- Name: COLUMN user_account.username; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(username) ON TABLE public.user_account TO ovop_admin;


--
-- Name: COLUMN user_account.full_name; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(full_name),UPDATE(full_name) ON TABLE public.user_account TO ovop_admin;


--
-- Name: COLUMN user_account.role; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(role),UPDATE(role) ON TABLE public.user_account TO ovop_admin;


--
-- Name: COLUMN user_account.villages; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(villages),UPDATE(villages) ON TABLE public.user_account TO ovop_admin;


--
-- Name: COLUMN user_account.must_change_password; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(must_change_password) ON TABLE public.user_account TO ovop_admin;


--
-- Name: COLUMN user_account.disabled_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(disabled_at) ON TABLE public.user_account TO ovop_admin;


--
-- Name: FUNCTION user_row(u public.user_account); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.user_row(u public.user_account) FROM PUBLIC;
GRANT ALL ON FUNCTION public.user_row(u public.user_account) TO ovop_admin;


--
-- Name: FUNCTION utc_text(at timestamp with time zone); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.utc_text(at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.utc_text(at timestamp with time zone) TO ovop_api;
GRANT ALL ON FUNCTION public.utc_text(at timestamp with time zone) TO ovop_engine;


--
-- Name: FUNCTION village_brief(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_brief(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_brief(code text) TO ovop_api;


--
-- Name: FUNCTION village_briefing(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_briefing(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_briefing(v public.village) TO ovop_api;


--
-- Name: FUNCTION village_certificates(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_certificates(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_certificates(code text) TO ovop_api;


--
-- Name: FUNCTION village_enterprise_row(e public.village_enterprise, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[]) TO ovop_api;


--
-- Name: FUNCTION village_enterprise_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_enterprise_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_enterprise_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION village_enterprise_warnings(e public.village_enterprise); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_enterprise_warnings(e public.village_enterprise) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_enterprise_warnings(e public.village_enterprise) TO ovop_api;


--
-- Name: FUNCTION village_flagship(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_flagship(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_flagship(code text) TO ovop_api;


--
-- Name: FUNCTION village_income(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_income(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_income(code text) TO ovop_api;


--
-- Name: FUNCTION village_last_visit(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_last_visit(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_last_visit(code text) TO ovop_api;


--
-- Name: FUNCTION village_makers(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_makers(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_makers(code text) TO ovop_api;


--
-- Name: FUNCTION village_names(codes text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_names(codes text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_names(codes text[]) TO ovop_public;


--
-- Name: FUNCTION village_next_sessions(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_next_sessions(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_next_sessions(code text) TO ovop_api;


--
-- Name: FUNCTION village_next_visit(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_next_visit(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_next_visit(code text) TO ovop_api;


--
-- Name: FUNCTION village_obstacles(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_obstacles(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_obstacles(code text) TO ovop_api;


--
-- Name: FUNCTION village_potential_hold(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_potential_hold() FROM PUBLIC;


--
-- Name: TABLE village_potential; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_bumdes;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_dinas;
GRANT SELECT ON TABLE public.village_potential TO ovop_bupati;
GRANT SELECT,INSERT,UPDATE ON TABLE public.village_potential TO ovop_system;


--
-- Name: COLUMN village_potential.commodity; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(commodity) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.kind; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kind) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.category; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(category) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.quantity; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(quantity) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.unit; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(unit) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.season_months; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(season_months) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.description_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(description_id) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.description_en; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(description_en) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.stage; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(stage) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.product_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(product_id) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.village_potential TO ovop_public;


--
-- Name: COLUMN village_potential.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.village_potential TO ovop_public;


--
-- Name: FUNCTION village_potential_row(p public.village_potential, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_potential_row(p public.village_potential, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_potential_row(p public.village_potential, expand text[]) TO ovop_api;


--
-- Name: FUNCTION village_potential_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_potential_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_potential_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION village_promises(code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_promises(code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_promises(code text) TO ovop_api;


--
-- Name: FUNCTION village_row(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_row(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_row(v public.village) TO ovop_api;


--
-- Name: FUNCTION village_rules(village_code text, villages text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_rules(village_code text, villages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_rules(village_code text, villages text[]) TO ovop_api;


--
-- Name: FUNCTION village_verified(village text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_verified(village text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_verified(village text) TO ovop_api;


--
-- Name: FUNCTION villages_mentored(since date, upto date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.villages_mentored(since date, upto date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.villages_mentored(since date, upto date) TO ovop_api;


--
-- Name: FUNCTION violation(pointer text, code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violation(pointer text, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violation(pointer text, code text) TO ovop_api;
GRANT ALL ON FUNCTION public.violation(pointer text, code text) TO ovop_engine;


--
-- Name: FUNCTION violations(steps public.market_step[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(steps public.market_step[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(steps public.market_step[]) TO ovop_api;


--
-- Name: FUNCTION violations(a public.aspiration); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(a public.aspiration) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(a public.aspiration) TO ovop_api;


--
-- Name: FUNCTION violations(b public.buyer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(b public.buyer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(b public.buyer) TO ovop_api;


--
-- Name: FUNCTION violations(c public.certification); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(c public.certification) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(c public.certification) TO ovop_api;


--
-- Name: FUNCTION violations(c public.commitment); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(c public.commitment) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(c public.commitment) TO ovop_api;


--
-- Name: FUNCTION violations(p public.commitment_progress); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(p public.commitment_progress) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(p public.commitment_progress) TO ovop_api;


--
-- Name: FUNCTION violations(r public.data_subject_request); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(r public.data_subject_request) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(r public.data_subject_request) TO ovop_api;


--
-- Name: FUNCTION violations(e public.export); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(e public.export) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(e public.export) TO ovop_api;


--
-- Name: FUNCTION violations(f public.flagship); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(f public.flagship) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(f public.flagship) TO ovop_api;


--
-- Name: FUNCTION violations(i public.mentoring_action_item); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(i public.mentoring_action_item) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(i public.mentoring_action_item) TO ovop_api;


--
-- Name: FUNCTION violations(p public.mentoring_participant); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(p public.mentoring_participant) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(p public.mentoring_participant) TO ovop_api;


--
-- Name: FUNCTION violations(s public.mentoring_session); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(s public.mentoring_session) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(s public.mentoring_session) TO ovop_api;


--
-- Name: FUNCTION violations(o public.outcome); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(o public.outcome) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(o public.outcome) TO ovop_api;


--
-- Name: FUNCTION violations(p public.product); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(p public.product) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(p public.product) TO ovop_api;


--
-- Name: FUNCTION violations(r public.production_report); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(r public.production_report) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(r public.production_report) TO ovop_api;


--
-- Name: FUNCTION violations(r public.reference); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(r public.reference) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(r public.reference) TO ovop_api;


--
-- Name: FUNCTION violations(a public.star_assessment); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(a public.star_assessment) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(a public.star_assessment) TO ovop_api;


--
-- Name: FUNCTION violations(r public.star_rubric); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(r public.star_rubric) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(r public.star_rubric) TO ovop_api;


--
-- Name: FUNCTION violations(t public.target); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(t public.target) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(t public.target) TO ovop_api;


--
-- Name: FUNCTION violations(p public.training_program); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(p public.training_program) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(p public.training_program) TO ovop_api;


--
-- Name: FUNCTION violations(u public.umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(u public.umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(u public.umkm) TO ovop_api;


--
-- Name: FUNCTION violations(c public.umkm_consent); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(c public.umkm_consent) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(c public.umkm_consent) TO ovop_api;


--
-- Name: FUNCTION violations(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(v public.village) TO ovop_api;


--
-- Name: FUNCTION violations(e public.village_enterprise); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(e public.village_enterprise) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(e public.village_enterprise) TO ovop_api;


--
-- Name: FUNCTION violations(p public.village_potential); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(p public.village_potential) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(p public.village_potential) TO ovop_api;


--
-- Name: TABLE visit; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.visit TO ovop_bumdes;
GRANT SELECT,UPDATE ON TABLE public.visit TO ovop_dinas;
GRANT SELECT,INSERT,UPDATE ON TABLE public.visit TO ovop_bupati;
GRANT SELECT ON TABLE public.visit TO ovop_system;


--
-- Name: FUNCTION violations(v public.visit); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violations(v public.visit) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violations(v public.visit) TO ovop_api;


--
-- Name: FUNCTION visit_brief(visit_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.visit_brief(visit_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visit_brief(visit_id uuid) TO ovop_api;


--
-- Name: FUNCTION visit_row(v public.visit, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.visit_row(v public.visit, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visit_row(v public.visit, expand text[]) TO ovop_api;


--
-- Name: FUNCTION visit_rows(ids uuid[], expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.visit_rows(ids uuid[], expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.visit_rows(ids uuid[], expand text[]) TO ovop_api;


--
-- Name: FUNCTION visit_takes_place(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.visit_takes_place() FROM PUBLIC;


--
-- Name: FUNCTION workflow_map_derive(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.workflow_map_derive() FROM PUBLIC;


--
-- Name: FUNCTION workflow_target(resource text, status text, action text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.workflow_target(resource text, status text, action text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.workflow_target(resource text, status text, action text) TO ovop_api;


--
-- Name: TABLE personal_read; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.personal_read TO ovop_dinas;
GRANT SELECT ON TABLE public.personal_read TO ovop_bupati;


--
-- Name: COLUMN personal_read.resource; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(resource) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(resource) ON TABLE public.personal_read TO ovop_dinas;


--
-- Name: COLUMN personal_read.record_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(record_id) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(record_id) ON TABLE public.personal_read TO ovop_dinas;


--
-- Name: COLUMN personal_read.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(village_code) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(village_code) ON TABLE public.personal_read TO ovop_dinas;


--
-- Name: COLUMN personal_read.members; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(members) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(members) ON TABLE public.personal_read TO ovop_dinas;


--
-- Name: COLUMN personal_read.purpose; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(purpose) ON TABLE public.personal_read TO ovop_bumdes;
GRANT INSERT(purpose) ON TABLE public.personal_read TO ovop_dinas;


--
-- Name: TABLE report_figure; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.report_figure TO ovop_api;


--
-- Name: TABLE workflow; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow TO ovop_api;


--
-- Name: TABLE workflow_map; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow_map TO ovop_api;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: -
--

ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--


