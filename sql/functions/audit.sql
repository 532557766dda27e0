-- The audit shows who changed what. It is append-only, chained for each record, and sealed in
-- ranges.

create function audit_append_only() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger append_only before update or delete or truncate on audit_log
   for each statement execute function audit_append_only();
create trigger append_only before update or delete or truncate on audit_seal
   for each statement execute function audit_append_only();

-- Hashes the epoch, because the text of a timestamp depends on the settings of the connection.
-- Stable, not immutable: PostgreSQL does not inline an immutable function that calls the stable
-- jsonb_build_array().
-- An entry without xid is older than the four columns at the end.
create function audit_hash(e audit_log) returns text
language sql stable parallel safe as $$
  select encode(sha256(convert_to(case
           when e.xid is null then jsonb_build_array(
             extract(epoch from e.at), e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id,
             e.action, e.changes, e.prev)
           else jsonb_build_array(
             extract(epoch from e.at), e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id,
             e.action, e.changes, e.prev, e.version, e.xid::text, e.villages_before, e.client_request_id)
         end::text, 'UTF8')), 'hex')
$$;

-- Only the definer functions of this schema call it: no role may write an entry directly.
create function audit_write(resource text, record_id text, villages text[], action text, changes jsonb,
                            version int default null, villages_before text[] default null) returns void
language plpgsql as $$
#variable_conflict use_variable
declare
  claims jsonb := claims();
  e      audit_log;
begin
  -- The transaction needs an id of its own before it draws the entry's number. The seal can wait
  -- only for such a transaction.
  e.xid := pg_current_xact_id();
  e.at := now();
  e.resource := resource;
  e.record_id := record_id;
  e.villages := villages;
  e.subject := claims ->> 'sub';
  e.role := claims ->> 'role';
  e.operation := claims ->> 'operation';
  e.request_id := claims ->> 'request_id';
  e.client_request_id := claims ->> 'client_request_id';
  e.action := action;
  e.changes := changes;
  e.version := version;
  e.villages_before := villages_before;
  e.prev := (select l.hash from audit_log l where l.resource = resource and l.record_id = record_id order by l.id desc limit 1);
  e.hash := audit_hash(e);

  insert into audit_log (at, resource, record_id, villages, subject, role, operation, request_id, action, changes, prev, hash,
                         version, xid, villages_before, client_request_id)
  values (e.at, e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id, e.action, e.changes, e.prev,
          e.hash, e.version, e.xid, e.villages_before, e.client_request_id);
end
$$;

-- The villages of a record, or null if it has none. The villages of an account are its scope. They
-- give nobody the right to read its entries.
create function audit_villages(record jsonb) returns text[]
language sql immutable as $$
  select case when record ? 'village_code' then coalesce(jsonb_texts(record -> 'villages'), array[record ->> 'village_code']) end
$$;

-- Trigger arguments: the resource, its personal columns, and the columns to leave out (technical
-- and generated ones).
-- For a new change request, the entry shows each member's present value and the requested value.
create function audit_row() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
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
  if whole ? 'villages_waiting' then  -- the members are as the record shows them
    was := was || jsonb_build_object('villages', (was -> 'villages') || (was -> 'villages_waiting'));
    is_now := is_now || jsonb_build_object('villages', (is_now -> 'villages') || (is_now -> 'villages_waiting'));
  end if;
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

  if action is null and changes = '{}' then  -- only technical columns changed
    return null;
  end if;
  perform audit_write(tg_argv[0], coalesce(whole ->> 'id', whole ->> 'code'), audit_villages(whole), coalesce(action, 'update'),
                      changes - 'deleted_at', (whole ->> 'version')::int,
                      case when tg_op <> 'INSERT' then audit_villages(was) end);
  return null;
end
$$;

-- Makes the audit record every change of a table.
create procedure audit_table(table_name text, resource text, personal text[] default '{}')
language plpgsql as $$
declare
  hidden text[] := array(select attname
                           from pg_attribute
                          where attrelid = table_name::regclass
                            and (attgenerated <> '' or attname in ('id', 'version', 'villages_waiting', 'writers', 'corrections',
                                                                   'created_at',
                                                                   'created_by', 'updated_at', 'updated_by', 'submitted_by',
                                                                   'verified_at', 'verified_by')));
begin
  execute format('create or replace trigger audit after insert or update or delete on %I'
                 ' for each row execute function audit_row(%L, %L, %L)', table_name, resource, personal, hidden);
end
$$;

-- The entries of one record, or only those about one member, for GET …/{id}/history. Policies hide
-- entries that the caller may not see.
create function audit_history(resource text, record_id text, member text default null)
returns table (id bigint, at timestamptz(3), subject uuid, role text, action text, request_id text, client_request_id text,
  changes json)
language sql stable as $$
  select l.id, l.at, l.subject, l.role, l.action, l.request_id, l.client_request_id,
         (select coalesce(json_agg(json_build_object('member', c.key, 'old', c.value ->> 0, 'new', c.value ->> 1,
                                                     'personal', c.value = 'null') order by c.key), '[]')
            from jsonb_each(l.changes) c
           where audit_history.member is null
              or c.key = audit_history.member)
    from audit_log l
   where l.resource = audit_history.resource
     and l.record_id = audit_history.record_id
     and (audit_history.member is null or l.changes ? audit_history.member)
$$;

-- Seals the entries that are complete since the last seal, and marks where the next seal ends.
-- Returns null if there is nothing to seal. The digest belongs in a log that leaves the machine: it
-- exposes the deletion of an entry together with its seal.
create function audit_seal_next() returns audit_seal
language plpgsql as $$
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
    return null;  -- a running transaction may own an entry below the mark
  else
    delete from audit_mark;  -- the mark is from another cluster: this one is a restored dump
  end if;

  insert into audit_mark
  select s.last_value, pg_snapshot_xmax(pg_current_snapshot())
    from audit_log_id_seq s
   where s.is_called;
  return sealed;
end
$$;

create function audit_digest(previous text, first_id bigint, last_id bigint) returns text
language sql stable as $$
  select encode(sha256(convert_to(
           concat_ws(' ', coalesce(previous, '-'), first_id, last_id, count(*), string_agg(l.hash, ' ' order by l.id)),
           'UTF8')), 'hex')
    from audit_log l
   where l.id between first_id and last_id
$$;

-- Every break of the chain and of the seals. An empty result means that there is no break.
create function audit_verify() returns table (what text, id bigint, resource text, record_id text)
language sql stable as $$
  select 'entry was changed', l.id, l.resource, l.record_id
    from audit_log l
   where l.hash <> audit_hash(l)
   union all
  select 'entry before is missing', l.id, l.resource, l.record_id
    from (select a.*, lag(a.hash) over (partition by a.record_id, a.resource order by a.id) as before
            from audit_log a) l
   where l.prev is distinct from l.before
   union all
  select 'seal does not fit its entries', s.id, null, null
    from (select a.*, lag(a.digest) over (order by a.id) as before
            from audit_seal a) s
   where s.digest is distinct from audit_digest(s.before, s.first_id, s.last_id)
$$;

grant execute on function
  audit_history(text, text, text)
  to ovop_api;
