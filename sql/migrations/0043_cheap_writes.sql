-- What a write does beside its row, at half the price; what it answers and keeps is the same to the letter. Of PL/pgSQL, an
-- expression without a query costs a microsecond and a query ten, and a function in SQL that cannot be inlined, since it has a
-- query inside, is parsed and planned anew in each statement that calls it: generated columns took a fifth of an insert.

create or replace function jsonb_texts(list jsonb) returns text[]
language plpgsql immutable strict parallel safe as $$
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

create or replace function district_codes(villages text[]) returns text[]
language plpgsql immutable parallel safe as $$
begin
  if cardinality(villages) = 1 then
    return array[left(villages[1], 8)];
  end if;
  return array(select distinct left(v, 8) from unnest(villages) v order by 1);
end
$$;

-- With its schema, for pg_dump: see 0041.
create or replace function market_reach(steps market_step[]) returns text
language plpgsql immutable parallel safe as $$
begin
  if cardinality(steps) > 0 then
    return (select s.level from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;

create or replace function market_reached_on(steps market_step[]) returns date
language plpgsql immutable parallel safe as $$
begin
  if cardinality(steps) > 0 then
    return (select s.reached_on from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;

-- The rules of a table are `violations(row)`. A trigger's function is compiled for each table that has it, and there `new` is of
-- the table's own type, which says which of them is meant.
do $$
declare
  rules regprocedure;
begin
  for rules in select p.oid
                 from pg_proc p
                where p.pronamespace = 'public'::regnamespace and p.prorettype = 'jsonb'::regtype and p.pronargs = 1
                  and p.proname = p.proargtypes[0]::regtype || '_violations' loop
    execute format('alter function %s rename to violations', rules);
  end loop;
end
$$;

create or replace function refuse_violations() returns trigger
language plpgsql as $$
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

-- The steps' rules apart: most products are written without any.
create function violations(steps market_step[]) returns jsonb
language plpgsql stable as $$
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

create or replace function violations(p product) returns jsonb
language plpgsql stable as $$
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

grant execute on function violations(market_step[]) to ovop_api;

-- It was called immutable, which jsonb_build_array() is not: so PostgreSQL planned it in each call, instead of inlining it.
alter function audit_hash(audit_log) stable;

create or replace function audit_write(resource text, record_id text, villages text[], action text, changes jsonb) returns void
language plpgsql as $$
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

create or replace function audit_row() returns trigger
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
