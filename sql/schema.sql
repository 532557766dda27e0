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
-- Name: allowed_actions(text, text, uuid[], text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text) RETURNS TABLE(allowed_actions json)
    LANGUAGE sql STABLE
    AS $$
  select case when (select claim_everywhere()) or village_code = any ((select claim_villages())::text[])
              then coalesce((select m.actions
                               from workflow_map m
                              where m.resource = allowed_actions.resource
                                and m.role = claim_role()
                                and (m.write_scope is null or claim_scope(m.write_scope)))
                            -> (status || case when (select claim_subject()) = any (writers) then ' wrote' else '' end),
                            '[]')::json
              else '[]'
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


SET default_tablespace = '';

SET default_table_access_method = heap;

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
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
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
  was     jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) - tg_argv[2]::text[] end;
  is_now  jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) - tg_argv[2]::text[] end;
  whole   jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  changes jsonb;
  action  text;
begin
  select coalesce(jsonb_object_agg(coalesce(n.key, o.key), case when coalesce(n.key, o.key) <> all (tg_argv[1]::text[])
                                                                then jsonb_build_array(o.value, n.value) end), '{}')
    into changes
    from jsonb_each(was) o
         full join jsonb_each(is_now) n on n.key = o.key
   where coalesce(n.value, 'null') <> coalesce(o.value, 'null');

  action := case
              when tg_op = 'INSERT' then 'create'
              when tg_op = 'DELETE' or changes ? 'deleted_at' then 'delete'
              when changes ? 'status' then (select t.action
                                              from resource r
                                                   join workflow_transition t on t.workflow = r.workflow
                                             where r.name = tg_argv[0]
                                               and t.from_status = was ->> 'status'
                                               and t.to_status = is_now ->> 'status')
            end;

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
                            and (attgenerated <> '' or attname in ('id', 'version', 'writers', 'created_at', 'created_by',
                                                                   'updated_at', 'updated_by', 'submitted_by', 'verified_at',
                                                                   'verified_by')));
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
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  e audit_log;
begin
  -- An entry's number must be drawn by a transaction that the seal can wait for: one that has an id of its own.
  perform pg_current_xact_id();

  e.at := now();
  e.resource := resource;
  e.record_id := record_id;
  e.villages := villages;
  e.subject := claim_subject();
  e.role := claim_role();
  e.operation := claims() ->> 'operation';
  e.request_id := claims() ->> 'request_id';
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
-- Name: business_table(text, text, text, boolean, text[], text, text[], text[]); Type: PROCEDURE; Schema: public; Owner: -
--

CREATE PROCEDURE public.business_table(IN table_name text, IN resource text DEFAULT NULL::text, IN write_scope text DEFAULT 'register:write'::text, IN shared boolean DEFAULT false, IN personal text[] DEFAULT '{}'::text[], IN workflow text DEFAULT 'published'::text, IN writers text[] DEFAULT '{bumdes,dinas,system}'::text[], IN deciders text[] DEFAULT '{dinas}'::text[])
    LANGUAGE plpgsql
    SET client_min_messages TO 'warning'
    AS $_$
#variable_conflict use_variable
declare
  noun      text := coalesce(resource, table_name);
  generated text[] := array(select attname from pg_attribute where attrelid = table_name::regclass and attgenerated <> '');
  changers  text[] := array(select unnest(writers) union select unnest(deciders));
  in_scope  text := 'village_code = any ((select claim_villages())::text[])';
  readable  text := case when shared then 'villages && (select claim_villages())::text[]' else in_scope end;
  may_read  text := format('(select claim_scope(''register:read'') or claim_scope(%L))', write_scope);
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
      add column if not exists village_code text not null
          constraint %3$I references village (code),
      add column if not exists version int not null default 1,
      add column if not exists source text not null default 'import',
      add column if not exists created_at timestamptz(3) not null default now(),
      add column if not exists created_by uuid,
      add column if not exists updated_at timestamptz(3) not null default now(),
      add column if not exists updated_by uuid,
      add column if not exists deleted_at timestamptz(3)
    $ddl$, table_name, table_name || '_id__unique', table_name || '_village_code__exists');

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

  call audit_table(table_name, noun, personal);

  execute format('alter table %1$I enable row level security', table_name);
  execute format('alter table %1$I force row level security', table_name);

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
    if role = any (writers) then
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
  rule resource;
  step workflow_transition;
begin
  select * into rule from resource where name = tg_argv[0];

  if not claims_given() then
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

  select *
    into step
    from workflow_transition t
   where t.workflow = rule.workflow
     and t.from_status = old.status
     and case when new.deleted_at is not null then t.action = 'delete' else t.to_status = new.status end;

  if step is null or step.action <> 'update' and to_jsonb(new) - tg_argv[1]::text[] <> to_jsonb(old) - tg_argv[1]::text[] then
    perform refuse('state_conflict');
  end if;
  if claim_role() = any (case when step.decides then rule.deciders else rule.writers end) is not true then
    perform refuse('forbidden');
  end if;
  if step.decides and claim_subject() = any (old.writers) then
    perform refuse('forbidden', violation('/status', 'verifier_wrote'));
  end if;
  if step.needs_note and coalesce(trim(new.status_note), '') = '' then
    perform refuse('validation_failed', violation('/note', 'required'));
  end if;

  new.submitted_by := case when step.action = 'submit' then claim_subject() else old.submitted_by end;
  new.verified_at := case when step.verifies then now() else old.verified_at end;
  new.verified_by := case when step.verifies then claim_subject() else old.verified_by end;
  new.writers := case
                   when step.verifies then '{}'
                   when step.action = 'update' then array(select unnest(old.writers) union select claim_subject())
                   else old.writers
                 end;
  if step.action = 'update' then
    new.status_note := old.status_note;
  end if;
  return new;
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
    AS $$
  select case size_basis(founded_on, capital, sales)
           when 'capital' then case when capital <= 1000000000 then 'mikro'
                                    when capital <= 5000000000 then 'kecil'
                                    when capital <= 10000000000 then 'menengah'
                                    else 'besar' end
           when 'sales' then case when sales <= 2000000000 then 'mikro'
                                  when sales <= 15000000000 then 'kecil'
                                  when sales <= 50000000000 then 'menengah'
                                  else 'besar' end
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
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((((code || ' '::text) || name_id) || ' '::text) || name_en))) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT reference_list__enum CHECK ((list = ANY (ARRAY['kbli'::text, 'hs'::text, 'countries'::text, 'currencies'::text, 'incoterms'::text, 'ports'::text, 'topics'::text, 'categories'::text])))
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

CREATE FUNCTION public.catalog_umkm_row(u public.catalog_umkm) RETURNS TABLE(id uuid, name text, kbli_code text, kbli_edition text, kbli_name_id text, kbli_name_en text, legal_form text, founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text, latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select u.id, u.name, u.kbli_code, u.kbli_edition, u.kbli_name_id, u.kbli_name_en, u.legal_form, u.founded_on, u.size_class,
         u.village_code, u.village_name, u.district_code, u.district_name, u.latitude, u.longitude, p.owner_name, p.contact,
         u.updated_at
    from umkm_public(u.id) p
$$;


--
-- Name: catalog_village_row(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.catalog_village_row(v public.village) RETURNS TABLE(code text, kind text, name text, district_code text, district_name text, latitude numeric, longitude numeric, umkm_count integer, activities json, village_enterprises json)
    LANGUAGE sql STABLE
    AS $$
  select v.code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, a.umkm_count, a.activities,
         e.village_enterprises
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
             and b.deleted_at is null) e (village_enterprises)
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

  return json_build_object(
    'seal', case
              when seal.id is not null
              then json_build_object('id', seal.id, 'first_id', seal.first_id, 'last_id', seal.last_id, 'digest', seal.digest)
            end,
    'idempotency_keys', keys, 'refresh_tokens', tokens, 'login_attempts', attempts);
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
-- Name: jsonb_texts(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.jsonb_texts(list jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select case jsonb_typeof(list) when 'array' then array(select jsonb_array_elements_text(list)) end
$$;


--
-- Name: record_history(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.record_history(resource text, record_id text) RETURNS TABLE(id bigint, at timestamp with time zone, subject uuid, role text, action text, request_id text, changes json)
    LANGUAGE sql STABLE
    AS $$
  select l.id, l.at, l.subject, l.role, l.action, l.request_id,
         (select coalesce(json_agg(json_build_object('member', c.key, 'old', c.value ->> 0, 'new', c.value ->> 1,
                                                     'personal', c.value = 'null') order by c.key), '[]')
            from jsonb_each(l.changes) c)
    from audit_log l
   where l.resource = record_history.resource
     and l.record_id = record_history.record_id
$$;


--
-- Name: reference_row(public.reference); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.reference_row(r public.reference) RETURNS TABLE(id uuid, list text, code text, edition text, name_id text, name_en text, valid_from date, valid_to date, alpha3 text, minor_units integer, sea_only boolean, country_code text, customs_code text, equivalent_code text, version integer, updated_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
  select r.id, r.list, r.code, r.edition, r.name_id, r.name_en, r.valid_from, r.valid_to, r.alpha3, r.minor_units,
         r.sea_only, r.country_code, r.customs_code, r.equivalent_code, r.version, r.updated_at
$$;


--
-- Name: reference_violations(public.reference); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.reference_violations(r public.reference) RETURNS jsonb
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
        ('/country_code', 'exists', r.country_code is not null
           and not exists (select from reference c where c.list = 'countries' and c.code = r.country_code))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$_$;


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
-- Name: refuse_violations(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_violations() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
declare
  violations jsonb;
begin
  execute format('select %I($1)', tg_table_name || '_violations') into violations using new;
  if violations is not null then
    perform refuse('validation_failed', violations);
  end if;
  return new;
end
$_$;


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
  select (now() at time zone 'Asia/Jakarta')::date
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
-- Name: umkm_consent; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.umkm_consent (
    id uuid NOT NULL,
    village_code text NOT NULL,
    contact_public boolean NOT NULL,
    public_owner_name text,
    given_on date,
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

CREATE FUNCTION public.umkm_consent_row(c public.umkm_consent) RETURNS TABLE(contact_public boolean, public_owner_name text, given_on date, evidence text, legal_basis text, processing_restricted boolean, version integer, updated_at timestamp with time zone, updated_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select coalesce(c.contact_public, false), c.public_owner_name, c.given_on, c.evidence, c.legal_basis,
         coalesce(c.processing_restricted, false), coalesce(c.version, 0), c.updated_at, c.updated_by
$$;


--
-- Name: umkm_consent_violations(public.umkm_consent); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_consent_violations(c public.umkm_consent) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/given_on', 'required', c.given_on is null and (c.contact_public or c.public_owner_name is not null)),
        ('/given_on', 'future', c.given_on > today())
      ) as rule (pointer, code, broken)
     where rule.broken);
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
              then json_build_object('of', 'umkm', 'name', u.name, 'phone', u.contact_phone, 'whatsapp', u.contact_whatsapp,
                                     'email', u.contact_email, 'links', u.contact_links)
              else json_build_object('of', 'dinas', 'name', d.name, 'phone', d.phone, 'whatsapp', d.whatsapp,
                                     'email', d.email, 'links', d.links)
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

CREATE FUNCTION public.umkm_row(u public.umkm, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, name text, nib text, external_reference text, kbli_code text, kbli_edition text, legal_form text, founded_on date, village_code text, district_code text, workers_male integer, workers_female integer, workers_disabled integer, workers_total integer, capital_idr bigint, annual_sales_idr bigint, annual_sales_year integer, size_class text, size_class_reported text, size_class_computed text, size_class_basis text, village_enterprise_id uuid, contact_phone text, contact_whatsapp text, contact_email text, contact_links json, village json, village_enterprise json, warnings json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
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
         w.warnings, u.status, u.status_note, a.allowed_actions, u.version, u.source,
         u.created_at, u.created_by, u.updated_at, u.updated_by, u.verified_at, u.verified_by
    from umkm_warnings(u) w, allowed_actions('umkm', u.status, u.writers, u.village_code) a
$$;


--
-- Name: umkm_violations(public.umkm); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.umkm_violations(u public.umkm) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/village_code', 'exists', not exists (select from village v where v.code = u.village_code)),
        ('/village_code', 'scope', not in_scope(u.village_code) and exists (select from village v where v.code = u.village_code)),
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
-- Name: village_enterprise; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.village_enterprise (
    name text NOT NULL,
    kind text NOT NULL,
    legal_number text,
    established_on date,
    unit_businesses text[] DEFAULT '{}'::text[] NOT NULL,
    rank text,
    rank_year integer,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, name)) STORED NOT NULL,
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    village_code text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    source text DEFAULT 'import'::text NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    deleted_at timestamp(3) with time zone,
    villages text[] NOT NULL,
    status text DEFAULT 'draft'::text NOT NULL,
    status_note text,
    submitted_by uuid,
    verified_at timestamp(3) with time zone,
    verified_by uuid,
    writers uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    CONSTRAINT village_enterprise_kind__enum CHECK ((kind = ANY (ARRAY['bumdes'::text, 'bumdesma'::text]))),
    CONSTRAINT village_enterprise_rank__enum CHECK ((rank = ANY (ARRAY['perintis'::text, 'pemula'::text, 'berkembang'::text, 'maju'::text]))),
    CONSTRAINT village_enterprise_status__enum CHECK ((status = ANY ('{archived,draft,needs_revision,published,rejected,submitted,verified}'::text[]))),
    CONSTRAINT village_enterprise_villages__lead CHECK ((village_code = ANY (villages)))
);

ALTER TABLE ONLY public.village_enterprise FORCE ROW LEVEL SECURITY;


--
-- Name: village_enterprise_row(public.village_enterprise, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[] DEFAULT NULL::text[]) RETURNS TABLE(id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text, rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamp with time zone, created_by uuid, updated_at timestamp with time zone, updated_by uuid, verified_at timestamp with time zone, verified_by uuid)
    LANGUAGE sql STABLE
    AS $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on, to_json(e.unit_businesses), e.rank, e.rank_year,
         e.village_code, to_json(e.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         case when exists (select from village v where v.code = any (e.villages) and v.kind <> 'desa')
              then '[{"pointer": "/villages", "code": "desa_only"}]' else '[]' end::json,
         e.status, e.status_note, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from allowed_actions('village_enterprise', e.status, e.writers, e.village_code) a
$$;


--
-- Name: village_enterprise_violations(public.village_enterprise); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_enterprise_violations(e public.village_enterprise) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/village_code', 'exists', not exists (select from village v where v.code = e.village_code)),
        ('/village_code', 'scope', not in_scope(e.village_code) and exists (select from village v where v.code = e.village_code)),
        ('/villages', 'lead', e.village_code <> all (e.villages)),
        ('/villages', 'exists', exists (select from unnest(e.villages) c (code)
                                          left join village v on v.code = c.code
                                 where v.code is null)),
        ('/villages', 'one_village', e.kind = 'bumdes' and cardinality(e.villages) <> 1),
        ('/villages', 'several_villages', e.kind = 'bumdesma' and cardinality(e.villages) < 2),
        ('/established_on', 'future', e.established_on > today())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
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
-- Name: village_violations(public.village); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.village_violations(v public.village) RETURNS jsonb
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
-- Name: violation(text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.violation(pointer text, code text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select jsonb_build_array(jsonb_build_object('pointer', pointer, 'code', code))
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
    from (select r.name, r.write_scope, may.role, t.from_status || w.suffix as status,
                 jsonb_agg(t.action order by t.position) as actions
            from resource r
                 join workflow_transition t on t.workflow = r.workflow
                 cross join unnest(case when t.decides then r.deciders else r.writers end) may (role)
                 cross join (values ('', false), (' wrote', true)) w (suffix, wrote)
           where not (t.decides and w.wrote)
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
                    and claim_role() = any (case when t.decides then r.deciders else r.writers end)) then
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
    needs_note boolean DEFAULT false NOT NULL
);


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
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (subject);


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
-- Name: personal_read personal_read_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.personal_read
    ADD CONSTRAINT personal_read_pkey PRIMARY KEY (id);


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
-- Name: resource resource_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.resource
    ADD CONSTRAINT resource_pkey PRIMARY KEY (name);


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
-- Name: workflow_transition workflow_transition_workflow_from_status_to_status_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workflow_transition
    ADD CONSTRAINT workflow_transition_workflow_from_status_to_status_key UNIQUE (workflow, from_status, to_status);


--
-- Name: audit_log_record; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_log_record ON public.audit_log USING btree (resource, record_id, id);


--
-- Name: dinas_contact_one; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX dinas_contact_one ON public.dinas_contact USING btree ((true));


--
-- Name: idempotency_key_created_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_key_created_at_idx ON public.idempotency_key USING btree (created_at);


--
-- Name: login_throttle_last_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX login_throttle_last_at_idx ON public.login_throttle USING btree (last_at);


--
-- Name: personal_read_resource_record_id_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX personal_read_resource_record_id_id_idx ON public.personal_read USING btree (resource, record_id, id);


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
-- Name: service_account_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX service_account_search_idx ON public.service_account USING gin (search);


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

CREATE INDEX umkm_name_id_idx1 ON public.umkm USING btree (name, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


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

CREATE INDEX umkm_updated_at_id_idx1 ON public.umkm USING btree (updated_at, id) WHERE ((status = 'published'::text) AND (deleted_at IS NULL));


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
-- Name: village_enterprise_legal_number__unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX village_enterprise_legal_number__unique ON public.village_enterprise USING btree (upper(legal_number)) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_name_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_name_id_idx ON public.village_enterprise USING btree (name, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_search_idx ON public.village_enterprise USING gin (search) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_updated_at_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_updated_at_id_idx ON public.village_enterprise USING btree (updated_at, id) WHERE (deleted_at IS NULL);


--
-- Name: village_enterprise_villages_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_enterprise_villages_idx ON public.village_enterprise USING gin (villages) WHERE (deleted_at IS NULL);


--
-- Name: village_name_code_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_name_code_idx ON public.village USING btree (name, code);


--
-- Name: village_search_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX village_search_idx ON public.village USING gin (search);


--
-- Name: audit_log append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: audit_seal append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: personal_read append_only; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.personal_read FOR EACH STATEMENT EXECUTE FUNCTION public.audit_append_only();


--
-- Name: reference audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.audit_row('reference', '{}', '{id,search,version,updated_at,updated_by}');


--
-- Name: service_account audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.audit_row('service_account', '{}', '{id,search,version,created_at,created_by,updated_at,updated_by}');


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

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.audit_row('village_enterprise', '{}', '{search,id,version,created_at,created_by,updated_at,updated_by,submitted_by,verified_at,verified_by,writers}');


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
-- Name: umkm business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.umkm FOR EACH ROW EXECUTE FUNCTION public.business_workflow('umkm', '{district_code,workers_total,size_class_computed,size_class_basis,size_class,search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: village_enterprise business_workflow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER business_workflow BEFORE INSERT OR UPDATE ON public.village_enterprise FOR EACH ROW EXECUTE FUNCTION public.business_workflow('village_enterprise', '{search,status,status_note,deleted_at,version,updated_at,updated_by,writers,submitted_by,verified_at,verified_by}');


--
-- Name: service_account rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.service_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();


--
-- Name: user_account rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER rules BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.account_rules();


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
-- Name: user_account touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: village touch; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.touch();


--
-- Name: reference violations; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();


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
-- Name: resource workflow_map; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.resource FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();


--
-- Name: workflow_transition workflow_map; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER workflow_map AFTER INSERT OR DELETE OR UPDATE ON public.workflow_transition FOR EACH STATEMENT EXECUTE FUNCTION public.workflow_map_derive();


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
-- Name: personal_read bumdes_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_insert ON public.personal_read FOR INSERT TO ovop_bumdes WITH CHECK (((village_code IS NULL) OR (village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[]))));


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
-- Name: audit_log bumdes_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bumdes_select ON public.audit_log FOR SELECT TO ovop_bumdes USING ((villages && ( SELECT public.claim_villages() AS claim_villages)));


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
-- Name: audit_log bupati_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY bupati_select ON public.audit_log FOR SELECT TO ovop_bupati USING ((villages IS NOT NULL));


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
-- Name: credential; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.credential ENABLE ROW LEVEL SECURITY;

--
-- Name: personal_read dinas_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_insert ON public.personal_read FOR INSERT TO ovop_dinas WITH CHECK (true);


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
-- Name: audit_log dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.audit_log FOR SELECT TO ovop_dinas USING ((villages IS NOT NULL));


--
-- Name: personal_read dinas_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dinas_select ON public.personal_read FOR SELECT TO ovop_dinas USING (true);


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
-- Name: idempotency_key; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.idempotency_key ENABLE ROW LEVEL SECURITY;

--
-- Name: login_throttle; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.login_throttle ENABLE ROW LEVEL SECURITY;

--
-- Name: personal_read; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.personal_read ENABLE ROW LEVEL SECURITY;

--
-- Name: umkm processing_restricted; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY processing_restricted ON public.umkm AS RESTRICTIVE FOR SELECT TO ovop_public, ovop_bupati, ovop_system USING ((id <> ALL (( SELECT public.umkm_restricted() AS umkm_restricted)::uuid[])));


--
-- Name: umkm public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.umkm FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: village_enterprise public_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY public_select ON public.village_enterprise FOR SELECT TO ovop_public USING (((status = 'published'::text) AND (deleted_at IS NULL)));


--
-- Name: refresh_family; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.refresh_family ENABLE ROW LEVEL SECURITY;

--
-- Name: refresh_token; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.refresh_token ENABLE ROW LEVEL SECURITY;

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
-- Name: audit_log system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.audit_log FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ((villages IS NOT NULL) AND ( SELECT public.claim_district() AS claim_district)))));


--
-- Name: umkm system_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_select ON public.umkm FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((village_code = ANY (( SELECT public.claim_villages() AS claim_villages)::text[])) OR ( SELECT public.claim_district() AS claim_district))));


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

CREATE POLICY system_select ON public.village_enterprise FOR SELECT TO ovop_system USING ((( SELECT (public.claim_scope('register:read'::text) OR public.claim_scope('register:write'::text))) AND ((villages && ( SELECT public.claim_villages() AS claim_villages)) OR ( SELECT public.claim_district() AS claim_district))));


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
-- Name: audit_log village_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY village_select ON public.audit_log FOR SELECT TO ovop_dinas, ovop_bupati USING ((resource = 'village'::text));


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ovop_api;
GRANT USAGE ON SCHEMA public TO ovop_engine;


--
-- Name: FUNCTION account_rules(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.account_rules() FROM PUBLIC;


--
-- Name: FUNCTION admin_create(username text, password_hash text, full_name text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.admin_create(username text, password_hash text, full_name text) FROM PUBLIC;


--
-- Name: FUNCTION allowed_actions(resource text, status text, writers uuid[], village_code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.allowed_actions(resource text, status text, writers uuid[], village_code text) TO ovop_api;


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
GRANT ALL ON FUNCTION public.audit_write(resource text, record_id text, villages text[], action text, changes jsonb) TO ovop_api;


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
-- Name: PROCEDURE business_table(IN table_name text, IN resource text, IN write_scope text, IN shared boolean, IN personal text[], IN workflow text, IN writers text[], IN deciders text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON PROCEDURE public.business_table(IN table_name text, IN resource text, IN write_scope text, IN shared boolean, IN personal text[], IN workflow text, IN writers text[], IN deciders text[]) FROM PUBLIC;


--
-- Name: FUNCTION business_touch(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.business_touch() FROM PUBLIC;


--
-- Name: FUNCTION business_workflow(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.business_workflow() FROM PUBLIC;


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
-- Name: FUNCTION uuid_v7(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.uuid_v7() FROM PUBLIC;
GRANT ALL ON FUNCTION public.uuid_v7() TO ovop_api;
GRANT ALL ON FUNCTION public.uuid_v7() TO ovop_engine;


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
-- Name: TABLE catalog_umkm; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.catalog_umkm TO ovop_public;


--
-- Name: FUNCTION catalog_umkm_row(u public.catalog_umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_umkm_row(u public.catalog_umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_umkm_row(u public.catalog_umkm) TO ovop_public;


--
-- Name: FUNCTION catalog_village_row(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.catalog_village_row(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.catalog_village_row(v public.village) TO ovop_public;


--
-- Name: FUNCTION check_version(version integer, if_match text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.check_version(version integer, if_match text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.check_version(version integer, if_match text[]) TO ovop_api;
GRANT ALL ON FUNCTION public.check_version(version integer, if_match text[]) TO ovop_engine;


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
-- Name: FUNCTION credential_put(subject uuid, digest text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.credential_put(subject uuid, digest text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.credential_put(subject uuid, digest text) TO ovop_admin;


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
-- Name: FUNCTION grant_login(login text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.grant_login(login text) FROM PUBLIC;


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
-- Name: FUNCTION jsonb_texts(list jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.jsonb_texts(list jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.jsonb_texts(list jsonb) TO ovop_api;
GRANT ALL ON FUNCTION public.jsonb_texts(list jsonb) TO ovop_engine;


--
-- Name: FUNCTION record_history(resource text, record_id text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.record_history(resource text, record_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_history(resource text, record_id text) TO ovop_api;


--
-- Name: FUNCTION reference_row(r public.reference); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.reference_row(r public.reference) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reference_row(r public.reference) TO ovop_api;


--
-- Name: FUNCTION reference_violations(r public.reference); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.reference_violations(r public.reference) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reference_violations(r public.reference) TO ovop_api;


--
-- Name: FUNCTION refuse(problem text, violations jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refuse(problem text, violations jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refuse(problem text, violations jsonb) TO ovop_api;
GRANT ALL ON FUNCTION public.refuse(problem text, violations jsonb) TO ovop_engine;


--
-- Name: FUNCTION refuse_violations(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refuse_violations() FROM PUBLIC;


--
-- Name: FUNCTION search_query(q text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.search_query(q text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.search_query(q text) TO ovop_api;


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
-- Name: FUNCTION touch(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.touch() FROM PUBLIC;


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
-- Name: FUNCTION umkm_consent_violations(c public.umkm_consent); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_consent_violations(c public.umkm_consent) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_consent_violations(c public.umkm_consent) TO ovop_api;


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
-- Name: FUNCTION umkm_violations(u public.umkm); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.umkm_violations(u public.umkm) FROM PUBLIC;
GRANT ALL ON FUNCTION public.umkm_violations(u public.umkm) TO ovop_api;


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
-- Name: COLUMN village_enterprise.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.village_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(village_code) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(deleted_at) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.villages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(villages) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: COLUMN village_enterprise.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.village_enterprise TO ovop_public;


--
-- Name: FUNCTION village_enterprise_row(e public.village_enterprise, expand text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_enterprise_row(e public.village_enterprise, expand text[]) TO ovop_api;


--
-- Name: FUNCTION village_enterprise_violations(e public.village_enterprise); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_enterprise_violations(e public.village_enterprise) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_enterprise_violations(e public.village_enterprise) TO ovop_api;


--
-- Name: FUNCTION village_row(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_row(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_row(v public.village) TO ovop_api;


--
-- Name: FUNCTION village_violations(v public.village); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.village_violations(v public.village) FROM PUBLIC;
GRANT ALL ON FUNCTION public.village_violations(v public.village) TO ovop_api;


--
-- Name: FUNCTION violation(pointer text, code text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.violation(pointer text, code text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.violation(pointer text, code text) TO ovop_api;
GRANT ALL ON FUNCTION public.violation(pointer text, code text) TO ovop_engine;


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
-- Name: TABLE resource; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.resource TO ovop_api;


--
-- Name: TABLE workflow; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow TO ovop_api;


--
-- Name: TABLE workflow_map; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow_map TO ovop_api;


--
-- Name: TABLE workflow_transition; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.workflow_transition TO ovop_api;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: -
--

ALTER DEFAULT PRIVILEGES FOR ROLE ovop_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--


