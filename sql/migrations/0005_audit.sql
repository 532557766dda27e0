-- Who changed what: append-only, chained per record, sealed in ranges, so that a later change of the past shows.

create table audit_log (
  id         bigint generated always as identity primary key,
  at         timestamptz(3) not null,
  resource   text not null,
  record_id  text not null,   -- its id, or its code
  villages   text[],          -- who may read it; null where no village holds the record (users, villages, reference)
  subject    uuid,            -- null: the operator, through migrations
  role       text,
  operation  text,
  request_id text,
  action     text not null,
  changes    jsonb not null,  -- member -> [old, new]; of a personal member only the name: member -> null
  prev       text,            -- the hash of this record's entry before
  hash       text not null
);

create index audit_log_record on audit_log (resource, record_id, id);

create table audit_seal (
  id       bigint generated always as identity primary key,
  at       timestamptz(3) not null default now(),
  first_id bigint not null,
  last_id  bigint not null unique,
  entries  bigint not null,
  digest   text not null
);

-- Entries up to last_id are complete once every transaction before next_xid has ended.
create table audit_mark (
  last_id  bigint not null,
  next_xid xid8 not null
);

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

-- Epochs, because the text of a timestamp depends on the session.
create function audit_hash(e audit_log) returns text
language sql immutable parallel safe as $$
  select encode(sha256(convert_to(jsonb_build_array(
           extract(epoch from e.at), e.resource, e.record_id, e.villages, e.subject, e.role, e.operation, e.request_id,
           e.action, e.changes, e.prev)::text, 'UTF8')), 'hex')
$$;

-- For the definer functions of this schema: no role may write an entry by itself.
create function audit_write(resource text, record_id text, villages text[], action text, changes jsonb) returns void
language plpgsql as $$
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

-- Trigger arguments: the resource, its personal columns, the columns that are no news (the machinery's and generated ones).
-- Of a change request it says which members it would change: from the present value to the one asked for.
create function audit_row() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was     jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  is_now  jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  whole   jsonb := case when tg_op = 'DELETE' then was else is_now end;
  hidden  text[] := tg_argv[2]::text[] || array['change_request'];
  request jsonb := is_now -> 'change_request';
  changes jsonb;
  action  text;
begin
  if request ->> 'status' is not distinct from was #>> '{change_request,status}' then
    request := null;
  end if;

  select coalesce(jsonb_object_agg(c.key, case when c.key <> all (tg_argv[1]::text[])
                                               then jsonb_build_array(c.was, c.is_now) end), '{}')
    into changes
    from (select coalesce(n.key, o.key), o.value, n.value
            from jsonb_each(was - hidden) o
                 full join jsonb_each(is_now - hidden) n on n.key = o.key
           where coalesce(n.value, 'null') <> coalesce(o.value, 'null')
           union all
          select p.key, is_now -> p.key, p.value
            from jsonb_each(request -> 'patch') p
           where request ->> 'status' <> 'verified'
           union all
          select 'note', null, request -> 'note'
           where request ->> 'note' is not null) c (key, was, is_now);

  action := case
              when request is not null then case request ->> 'status'
                                              when 'open' then 'request_change'
                                              when 'verified' then 'verify_change'
                                              when 'rejected' then 'reject_change'
                                              else 'withdraw_change'
                                            end
              when tg_op = 'INSERT' then 'create'
              when tg_op = 'DELETE' or changes ? 'deleted_at' then 'delete'
              when changes ? 'status' then (select t.action
                                              from resource r
                                                   join workflow_transition t on t.workflow = r.workflow
                                             where r.name = tg_argv[0]
                                               and t.from_status = was ->> 'status'
                                               and t.to_status = is_now ->> 'status')
            end;

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

-- Has every change of a table audited. To be called again when the table gets a generated column.
create procedure audit_table(table_name text, resource text, personal text[] default '{}')
language plpgsql as $$
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

-- The entries of one record, or those about one member, for GET …/{id}/history; what the caller may not see is not there.
create function record_history(resource text, record_id text, member text default null)
returns table (id bigint, at timestamptz(3), subject uuid, role text, action text, request_id text, changes json)
language sql stable as $$
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

-- Seals what is complete since the last seal and marks where the next one ends; null when there is nothing to seal. The digest
-- belongs in the log, which leaves the machine: whoever deletes an entry together with its seal is found by it.
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

create function audit_digest(previous text, first_id bigint, last_id bigint) returns text
language sql stable as $$
  select encode(sha256(convert_to(
           concat_ws(' ', coalesce(previous, '-'), first_id, last_id, count(*), string_agg(l.hash, ' ' order by l.id)),
           'UTF8')), 'hex')
    from audit_log l
   where l.id between first_id and last_id
$$;

-- Every break of the chain and the seals; none is an empty result.
create function audit_verify() returns table (what text, id bigint, resource text, record_id text)
language sql stable as $$
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

call force_policies('audit_log', 'audit_seal', 'audit_mark');

-- '{null}': the record is the whole district's.
create policy bumdes_select on audit_log for select to ovop_bumdes
 using (villages && (select claim_villages())::text[] or villages = '{null}');
create policy dinas_select on audit_log for select to ovop_dinas
 using (villages is not null);
create policy bupati_select on audit_log for select to ovop_bupati
 using (villages is not null);
create policy system_select on audit_log for select to ovop_system
 using ((select claim_scope('register:read') or claim_scope('register:write'))
        and (villages && (select claim_villages())::text[] or villages = '{null}'
             or villages is not null and (select claim_district())));

grant select on audit_log to ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system;
grant execute on function record_history(text, text, text) to ovop_api;
