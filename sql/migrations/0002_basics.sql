-- The words every later migration and query uses: ids, claims, days, refusals, searches.

-- RFC 9562, version 7: milliseconds, the digit 7, 1/4096 ms so that ids made one after the other sort so, and half of a random
-- UUID.
create function uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
          || right(gen_random_uuid()::text, 17))::uuid
$$;

-- The claims of the caller's token, set by the engine for one transaction; {} for the public.
create function claims() returns jsonb
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.claims', true), '')::jsonb, '{}')
$$;

create function claim_subject() returns uuid
language sql stable parallel safe as $$
  select (claims() ->> 'sub')::uuid
$$;

create function claim_role() returns text
language sql stable parallel safe as $$
  select claims() ->> 'role'
$$;

-- The elements of a JSON array of strings; null for anything that is no array.
create function jsonb_texts(list jsonb) returns text[]
language sql immutable strict parallel safe as $$
  select case jsonb_typeof(list) when 'array' then array(select jsonb_array_elements_text(list)) end
$$;

-- Null without villages, and then no comparison with it holds: no scope, no access.
create function claim_villages() returns text[]
language sql stable parallel safe as $$
  select jsonb_texts(claims() -> 'villages')
$$;

create function claim_district() returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() -> 'villages' ? 'district', false)
$$;

create function claim_scope(scope text) returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() -> 'scope' ? scope, false)
$$;

-- Whether the caller is bound to no village: the Dinas, the Bupati's office, a system that holds the district.
create function claim_everywhere() returns boolean
language sql stable parallel safe as $$
  select coalesce(claim_role() in ('dinas', 'bupati') or claim_role() = 'system' and claim_district(), false)
$$;

-- Whether the caller may write for a village; null without claims.
create function in_scope(village_code text) returns boolean
language sql stable parallel safe as $$
  select claim_everywhere() or village_code = any (claim_villages())
$$;

-- What the policies say of a caller with villages, said again in constants: so the planner knows how few rows they leave, and
-- begins there.
create function claims_hold(claims jsonb, village_code text) returns boolean
language sql immutable parallel safe as $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or village_code = any (jsonb_texts(claims -> 'villages'))
$$;

create function claims_hold(claims jsonb, villages text[]) returns boolean
language sql immutable parallel safe as $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or villages && jsonb_texts(claims -> 'villages')
$$;

-- The day of the reports, the deadlines and the officers: that of Blitar.
create function day_of(at timestamptz) returns date
language sql immutable parallel safe as $$
  select (at at time zone 'Asia/Jakarta')::date
$$;

create function today() returns date
language sql stable parallel safe as $$
  select day_of(now())
$$;

-- Timestamps inside a json column are written as the engine writes its own.
create function utc_text(at timestamptz) returns text
language sql stable strict parallel safe as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

create function violation(pointer text, code text) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_array(jsonb_build_object('pointer', pointer, 'code', code))
$$;

-- Ends the request with a problem; violations are an array of {pointer, code} or {parameter, code}. Returns nothing, ever, but has a type so that a
-- CASE of a query can call it.
create function refuse(problem text, violations jsonb default null) returns boolean
language plpgsql volatile as $$
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

-- Whether a change only takes a record, or the change asked for of it, out of force.
create function taken_back(was jsonb, is_now jsonb) returns boolean
language sql immutable parallel safe as $$
  select is_now ->> 'deleted_at' is not null
         or is_now ->> 'status' <> was ->> 'status'
            and is_now ->> 'status' in ('draft', 'needs_revision', 'rejected', 'archived', 'cancelled', 'withdrawn')
         or is_now #>> '{change_request,status}' in ('rejected', 'withdrawn') and was #>> '{change_request,status}' = 'open'
$$;

-- Refuses a row with all the rules it breaks at once: <table>_violations(row) is their list, or null. Who is forgotten
-- (app.forgets) is, and what is taken back is, whatever else has become wrong with the row meanwhile.
create function refuse_violations() returns trigger
language plpgsql as $$
declare
  violations jsonb;
begin
  if current_setting('app.forgets', true) = 'on' or tg_op = 'UPDATE' and taken_back(to_jsonb(old), to_jsonb(new)) then
    return new;
  end if;

  execute format('select %I($1)', tg_table_name || '_violations') into violations using new;
  if violations is not null then
    perform refuse('validation_failed', violations);
  end if;
  return new;
end
$$;

-- True when the client named the present version (what follows a dot is a stamp of derived members) or any (null).
-- Costly on purpose: the planner asks it last, of the one row that is meant.
create function check_version(version int, if_match text[]) returns boolean
language plpgsql volatile cost 10000 as $$
begin
  if if_match is null or exists (select from unnest(if_match) m (etag) where split_part(m.etag, '.', 1) = version::text) then
    return true;
  end if;

  raise exception 'version_mismatch' using errcode = 'PT412', detail = version::text;
end
$$;

-- For a table that has version, updated_at and updated_by and is no business table.
create function touch() returns trigger
language plpgsql as $$
begin
  new.version := case when tg_op = 'INSERT' then 1 else old.version + 1 end;
  new.updated_at := now();
  new.updated_by := claim_subject();
  return new;
end
$$;

-- Searches for words by their beginnings, every one of which must occur: what somebody has typed so far. A word that begins
-- another one says nothing more, but each makes the planner expect fewer rows: "k ko kop kopi" would walk all of them in loops.
create function search_query(q text) returns tsquery
language sql immutable strict parallel safe as $$
    with words as (select word from unnest(tsvector_to_array(to_tsvector('simple', q))) word)
  select string_agg('''' || replace(replace(w.word, '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery
    from words w
   where not exists (select from words l where l.word <> w.word and starts_with(l.word, w.word))
$$;

-- What a search (or whatever narrows as much) is sorted by: no index offers it, so that the hits are found first. Else the
-- planner, knowing of no tie between words and order, would walk an index until a page is full: all of it, where names with a frequent word sort late.
create function sort_key(q text, key anyelement) returns anyelement
language sql immutable parallel safe as $$
  select case when q is null then key else greatest(key) end
$$;

-- Policies that hold for everybody, the owner of the tables among them.
create procedure force_policies(variadic tables text[])
language plpgsql as $$
declare
  t text;
begin
  foreach t in array tables loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
  end loop;
end
$$;

grant execute on function
  uuid_v7(), claims(), claim_subject(), claim_role(), claim_villages(), claim_district(), claim_scope(text), claim_everywhere(),
  jsonb_texts(jsonb), utc_text(timestamptz), violation(text, text), refuse(text, jsonb), taken_back(jsonb, jsonb), check_version(int, text[])
  to ovop_api, ovop_engine;
grant execute on function
  in_scope(text), claims_hold(jsonb, text), claims_hold(jsonb, text[]), day_of(timestamptz), today(), search_query(text),
  sort_key(text, anyelement)
  to ovop_api;
