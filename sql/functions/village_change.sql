-- Changes of villages by decree: another name or code, a part that becomes a village, or a merger.

-- The columns with the code of a village: those with a foreign key, and by their names those
-- without. The logs are append-only. They keep the code of their time.
create function village_change_columns() returns table (table_name text, columns text[], lists text[], versioned boolean)
language sql stable as $$
    with place as (
         select a.attrelid, a.attname, a.attndims > 0 or a.atttypid = 'text[]'::regtype as list
           from pg_attribute a
                join pg_class c on c.oid = a.attrelid
          where c.relnamespace = 'public'::regnamespace
            and c.relkind = 'r'
            and a.attnum > 0
            and a.attgenerated = ''
            and not a.attisdropped
            and (exists (select
                           from pg_constraint f
                          where f.contype = 'f'
                            and f.conrelid = a.attrelid
                            and f.confrelid = 'village'::regclass
                            and f.conkey = array[a.attnum])
                 or (a.atttypid = 'text'::regtype and a.attname = 'village_code'
                     or a.atttypid = 'text[]'::regtype and a.attname ~ '^villages(_|$)')
                    and not exists (select
                                      from pg_trigger t
                                     where t.tgrelid = a.attrelid
                                       and t.tgfoid = 'audit_append_only'::regproc)))
  select p.attrelid::regclass::text, array_agg(p.attname::text) filter (where not p.list),
         array_agg(p.attname::text) filter (where p.list),
         exists (select from pg_attribute v where v.attrelid = p.attrelid and v.attname = 'updated_by')
    from place p
   group by p.attrelid
   order by p.attrelid::regclass::text
$$;

-- The requested values of a change request after a change.
create function village_change_patch(patch jsonb, was text, is_now text) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_object_agg(p.key, case when p.value = to_jsonb(was) then to_jsonb(is_now)
                                      when jsonb_typeof(p.value) = 'array' and p.value ? was
                                      then to_jsonb(villages_moved(jsonb_texts(p.value), was, is_now))
                                      else p.value end)
    from jsonb_each(patch) p
$$;

-- Gives all records of a village another code. Their triggers do not fire: the records change
-- because the village did, so this is no change request, and the village's entry in the audit is
-- theirs, too. They get a new version, so that no client keeps the former code.
create function village_change_records(was text, is_now text) returns void
language plpgsql as $$
declare
  place record;
begin
  for place in select * from village_change_columns() loop
    execute format('update %I set %s where %s', place.table_name,
      concat_ws(', ',
        (select string_agg(format('%1$I = case when %1$I = $1 then $2 else %1$I end', c), ', ') from unnest(place.columns) c),
        (select string_agg(format('%1$I = case when %1$I is not null then villages_moved(%1$I, $1, $2) end', c), ', ') from unnest(place.lists) c),
        case when place.versioned then 'version = version + 1, updated_at = now(), updated_by = claim_subject()' end),
      concat_ws(' or ', (select string_agg(format('%I = $1', c), ' or ') from unnest(place.columns) c),
                (select string_agg(format('%I @> array[$1]', c), ' or ') from unnest(place.lists) c)))
      using was, is_now;

    if 'villages_waiting' = any (place.lists) then  -- after a merger, both lists may name the village
      execute format('update %I set villages_waiting = array(select w from unnest(villages_waiting) w where w <> all (villages))'
                     ' where villages_waiting && villages', place.table_name);
    end if;

    if exists (select from pg_attribute where attrelid = place.table_name::regclass and attname = 'change_request') then
      execute format($sql$
        update %I
           set change_request.patch = village_change_patch((change_request).patch, $1, $2), version = version + 1
         where (change_request).status = 'open'
           and deleted_at is null
           and ((change_request).patch ->> 'village_code' = $1 or (change_request).patch -> 'villages' ? $1)
        $sql$, place.table_name) using was, is_now;
    end if;
  end loop;
end
$$;

-- What is wrong with a change.
create function village_change_rules(v village, kind text, body jsonb) returns jsonb
language sql stable as $$
    with needed (kind, needs, allows) as (
         values ('rename', '{name}'::text[], '{}'::text[]), ('raise', '{code}', '{name,bps_code,postcode}'),
                ('recode', '{code}', '{name,bps_code,postcode,latitude,longitude}'),
                ('split', '{code,name,bps_code,latitude,longitude}', '{postcode}'), ('merge', '{into}', '{}')),
         code as (
         select body ->> 'code' as code, village_present(body ->> 'into') as into_code)
  select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
    from (select '/' || m.member, case when m.member = any (n.needs) then 'required' else 'not_of_kind' end,
                 (body -> m.member is null) = (m.member = any (n.needs)) and m.member <> all (n.allows)
            from needed n,
                 unnest('{code,name,bps_code,latitude,longitude,postcode,into}'::text[]) m (member)
           where n.kind = village_change_rules.kind
           union all
          select r.*
            from code c,
                 lateral (values
                   ('/decreed_on', 'future', (body ->> 'decreed_on')::date > today()),
                   ('/code', 'exists', c.code is not null
                      and not exists (select from district d where d.code = left(c.code, 8))),
                   ('/code', 'unique', exists (select from village o where o.code = c.code)
                      or exists (select from village o where c.code = any (o.former_codes) and o.code <> v.code)),
                   ('/code', 'kind_of_code', kind = 'raise' and (v.kind <> 'desa' or substr(c.code, 10, 1) <> '1')),
                   ('/into', 'exists', c.into_code = v.code or c.into_code is not null
                      and not exists (select from village o where o.code = c.into_code))
                 ) r) as rule (pointer, code, broken)
   where rule.broken
$$;

-- Changes a village by decree, with all that belongs to it, and returns the village as it is now;
-- of a split, the new one. A definer, because no role may change these tables this way.
-- The service begins each write with a shared lock, so this one keeps other writers out before it
-- takes a table: they take tables in any order. It waits as long as a statement may take, because
-- the change is rare and others are short. Of two changes, the later one is retried.
create function village_change_apply(code text, body jsonb, if_match text[]) returns village
language plpgsql security definer set search_path = public, pg_temp set lock_timeout = 0 as $$
#variable_conflict use_variable
declare
  kind    text := body ->> 'kind';
  was     village;
  is_now  village;
  broken  jsonb;
  locked  text[];
  t       text;
begin
  if not pg_try_advisory_xact_lock(hashtext('village_change')) then
    raise serialization_failure;
  end if;
  perform pg_advisory_xact_lock(hashtext('write'));

  select v.* into was from village v where v.code = village_present(code);
  if not found then
    return null;
  end if;
  perform check_version(was.version, if_match);
  broken := village_change_rules(was, kind, body);
  if broken is not null then
    perform refuse('validation_failed', broken);
  end if;

  is_now := jsonb_populate_record(was, body - 'kind');
  if kind = 'merge' then
    select v.* into is_now from village v where v.code = village_present(body ->> 'into');
  end if;
  is_now.kind := case substr(is_now.code, 10, 1) when '1' then 'kelurahan' else 'desa' end;
  is_now.district_code := left(is_now.code, 8);
  is_now.district_name := (select d.name from district d where d.code = is_now.district_code);
  if kind = 'split' then
    is_now.population := null;
    is_now.population_year := null;
    is_now.former_codes := '{}';
    is_now.version := 0;
  end if;
  if is_now.kind <> 'desa' or kind = 'split' then  -- only a desa has an index
    is_now.index_name := null;
    is_now.index_year := null;
    is_now.index_score := null;
    is_now.index_status := null;
  end if;
  is_now.former_codes := array_remove(is_now.former_codes || case kind when 'merge' then was.former_codes || was.code
                                                                        when 'split' then '{}'
                                                                        else array[was.code] end, is_now.code);
  is_now.decree_number := body ->> 'decree_number';
  is_now.decreed_on := body ->> 'decreed_on';
  is_now.version := is_now.version + 1;
  is_now.updated_at := now();
  is_now.updated_by := claim_subject();

  locked := array(select distinct c.table_name from village_change_columns() c union select 'village' order by 1);
  execute 'lock table ' || (select string_agg(quote_ident(l), ', ' order by l) from unnest(locked) l)
          || ' in share row exclusive mode';
  locked := array(select l from unnest(locked) l
                   where exists (select from pg_trigger g where g.tgrelid = l::regclass and not g.tgisinternal));
  foreach t in array locked loop
    execute format('alter table %I disable trigger user', t);
  end loop;

  set constraints all deferred;
  if kind in ('raise', 'recode', 'split') then
    insert into village (code, bps_code, kind, name, district_code, district_name, latitude, longitude, postcode, population,
                         population_year, index_name, index_year, index_score, index_status, former_codes, decree_number, decreed_on,
                         version, updated_at, updated_by)
    select is_now.code, is_now.bps_code, is_now.kind, is_now.name, is_now.district_code, is_now.district_name, is_now.latitude,
           is_now.longitude, is_now.postcode, is_now.population, is_now.population_year, is_now.index_name, is_now.index_year,
           is_now.index_score, is_now.index_status, is_now.former_codes, is_now.decree_number, is_now.decreed_on, is_now.version,
           is_now.updated_at, is_now.updated_by;
  else
    update village v
       set name = is_now.name, former_codes = is_now.former_codes, decree_number = is_now.decree_number,
           decreed_on = is_now.decreed_on, version = is_now.version, updated_at = is_now.updated_at,
           updated_by = is_now.updated_by
     where v.code = is_now.code;
  end if;
  if kind in ('raise', 'recode', 'merge') then
    perform village_change_records(was.code, is_now.code);
    delete from village v where v.code = was.code;
  end if;
  set constraints all immediate;

  foreach t in array locked loop
    execute format('alter table %I enable trigger user', t);
  end loop;

  call village_change_define();
  perform audit_write('village', is_now.code, village_codes(array[was.code, is_now.code]),
    case when kind = 'split' then 'create' else 'update' end,
    (select jsonb_object_agg(m.key, jsonb_build_array(to_jsonb(was) -> m.key, m.value))
       from jsonb_each(to_jsonb(is_now) - '{search,version,updated_at,updated_by}'::text[]
                       || jsonb_build_object('kind_of_change', kind)) m
      where m.key in ('decree_number', 'decreed_on') or m.value is distinct from to_jsonb(was) -> m.key));
  return is_now;
end
$$;

-- Makes village_present() and village_codes() again from the changes. They hold the former codes as
-- constants: every policy and list calls them, and as long as there is no former code, PostgreSQL
-- inlines them to nothing.
create procedure village_change_define()
language plpgsql as $$
declare
  present jsonb := (select jsonb_object_agg(f.code, v.code) from village v, unnest(v.former_codes) f (code));
  -- For each code, present or former, all codes of its village.
  known   jsonb := (select jsonb_object_agg(k.code, v.former_codes || v.code)
                      from village v, unnest(v.former_codes || v.code) k (code)
                     where v.former_codes <> '{}');
begin
  execute format('create or replace function village_present(code text) returns text'
                 ' language sql immutable parallel safe as %L',
                 case when present is null then 'select code' else format('select coalesce(%L::jsonb ->> code, code)', present) end);
  execute format('create or replace function village_present(codes text[]) returns text[]'
                 ' language sql immutable parallel safe as %L',
                 case when present is null then 'select codes'
                      else format('select village_change_present(codes, %L)', present) end);
  execute format('create or replace function village_codes(codes text[]) returns text[]'
                 ' language sql immutable parallel safe as %L',
                 case when present is null then 'select codes' else format('select village_change_codes(codes, %L)', known) end);
end
$$;

create function village_change_present(codes text[], present jsonb) returns text[]
language plpgsql immutable parallel safe as $$
begin
  if present ?| codes then
    return (select array_agg(distinct coalesce(present ->> c, c)) from unnest(codes) c);
  end if;
  return codes;
end
$$;

create function village_change_codes(codes text[], known jsonb) returns text[]
language plpgsql immutable parallel safe as $$
begin
  if known ?| codes then
    return (select array_agg(distinct k.code)
              from unnest(codes) c,
                   lateral (select c union select jsonb_array_elements_text(known -> c)) k (code));
  end if;
  return codes;
end
$$;

-- The changes of villages that gave a record another code. They stand in the village's history; the
-- record's history shows them, too.
create function village_change_history(resource text, record_id text, member text default null)
returns table (id bigint, at timestamptz(3), subject uuid, role text, action text, request_id text, client_request_id text,
  changes json)
language sql stable as $$
  select h.*
    from village v,
         unnest(v.former_codes || v.code) c (code),
         lateral audit_history('village', c.code) h
   where v.former_codes <> '{}'
     and (member is null or member in ('village_code', 'villages'))
     and h.action = 'update'
     and exists (select from json_array_elements(h.changes) m where m ->> 'member' = 'code')
     and (select l.villages
            from audit_log l
           where l.resource = village_change_history.resource
             and l.record_id = village_change_history.record_id
             and l.id < h.id
           order by l.id desc
           limit 1) && village_codes(array[c.code])
$$;

grant execute on function
  village_change_present(text[], jsonb), village_change_codes(text[], jsonb)
  to ovop_api, ovop_engine;
grant execute on function
  village_change_history(text, text, text)
  to ovop_api;
grant execute on function
  village_change_apply(text, jsonb, text[])
  to ovop_dinas;

call village_change_define();
