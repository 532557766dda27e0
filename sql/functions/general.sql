-- Functions and procedures whose names begin with the name of no other file.

-- Grants a login what the service needs. The login inherits nothing: it acts as one of the API
-- roles.
create function grant_login(login text) returns void
language plpgsql as $$
begin
  execute format('alter role %I noinherit', login);
  execute format('grant ovop_public, ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system, ovop_admin, ovop_engine to %I', login);
  execute format('grant connect on database %I to %I', current_database(), login);
  execute format('grant usage on schema public to %I', login);
  -- The statement that sets the claims calls these, before the role is set.
  execute format('grant execute on function idempotency_claim(text, text, text), idempotency_replay(text, text) to %I', login);

  if to_regclass('public.schema_migrations') is not null then
    execute format('grant select on schema_migrations, schema_functions to %I', login);
  end if;
end
$$;

-- Whether the caller may write for a village. Null without claims.
create function in_scope(village_code text) returns boolean
language sql stable parallel safe as $$
  select claim_everywhere() or village_code = any (claim_villages())
$$;

-- The day in Blitar. Reports, deadlines and officers use it.
create function day_of(at timestamptz) returns date
language sql immutable parallel safe as $$
  select (at at time zone 'Asia/Jakarta')::date
$$;

create function today() returns date
language sql stable parallel safe as $$
  select day_of(now())
$$;

-- Writes a timestamp inside a json column as the engine writes its own.
create function utc_text(at timestamptz) returns text
language sql stable strict parallel safe as $$
  select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

-- The unit in which amounts of a unit are summed, and how many of it one unit has: a kodi is 20
-- pieces, a kuintal (quintal) 100 kg. Other units stand for themselves.
create function unit_base(unit text) returns text
language sql immutable parallel safe as $$
  select case
           when unit in ('g', 'quintal', 't') then 'kg'
           when unit = 'ml' then 'l'
           when unit in ('dozen', 'kodi', 'gross') then 'piece'
           else unit
         end
$$;

create function unit_factor(unit text) returns numeric
language sql immutable parallel safe as $$
  select case unit
           when 'g' then 0.001
           when 'quintal' then 100
           when 't' then 1000
           when 'ml' then 0.001
           when 'dozen' then 12
           when 'kodi' then 20
           when 'gross' then 144
           else 1
         end
$$;

create function violation(pointer text, code text) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_build_array(jsonb_build_object('pointer', pointer, 'code', code))
$$;

-- What is wrong with a name: it holds an address, or digits like those of a telephone. A business may
-- have short numbers, such as `Kopi 1912`. A person has no row of three digits. Null: nothing.
-- Compares what a reader sees: full-width letters count as letters, and invisible ones do not count.
create function name_fault(name text, of_person boolean default false) returns text
language plpgsql immutable strict parallel safe as $$
declare
  plain text;
begin
  -- No rule is broken by letters, blanks and few digits.
  if name !~ '[^A-Za-z0-9 &,()''-]'
     and name !~ (case when of_person then '\d.*\d.*\d' else '\d.*\d.*\d.*\d.*\d.*\d' end) then
    return null;
  end if;

  plain := regexp_replace(lower(normalize(name, nfkc)), '[\u00AD\u200B-\u200F\u2060-\u2064\uFE00-\uFE0F\uFEFF]', '', 'g');
  return case
           when plain ~ '@|://|\m(https?|ftp|mailto|tel|sms|whatsapp)\s*:|\mwww\d*\s*[.]'
                or plain ~ ('[[:alnum:]_-][.](com|net|org|info|biz|id|co|me|ly|ee|io|gl|app|shop|store|online|site|link|xyz|asia)'
                            '(?![[:alnum:]])') then 'name_address'
           when plain ~ '\d{6}' or plain ~ '\d([^[:alnum:]]{0,3}\d){8}'
                or plain ~ '(^|[^[:alnum:]])[+]?(62|0)([^[:alnum:]]{0,3}\d){6}' then 'name_phone'
           when of_person and plain ~ '\d([^[:alnum:]]{0,2}\d){2}' then 'name_digits'
         end;
end
$$;

-- The rules of a name, for violations(). Everybody reads names, so they carry nothing else.
create function name_rules(pointer text, name text, of_person boolean default false)
returns table (pointer text, code text, broken boolean)
language sql immutable as $$
  select name_rules.pointer, f, f is not null from name_fault(name_rules.name, of_person) f
$$;

-- Whether a change only takes a record out of force, or ends its open change request without
-- applying it.
create function taken_back(was jsonb, is_now jsonb) returns boolean
language sql immutable parallel safe as $$
  select is_now ->> 'deleted_at' is not null
         or is_now ->> 'status' <> was ->> 'status'
            and is_now ->> 'status' in ('draft', 'needs_revision', 'rejected', 'archived', 'cancelled', 'withdrawn')
         or is_now #>> '{change_request,status}' in ('rejected', 'withdrawn') and was #>> '{change_request,status}' = 'open'
$$;

-- The id that a client chose for a new record. It is a UUIDv7, and no record of any kind has it: so
-- an id means one record, whatever the resource. The audit tells which ids are taken. The lock lets
-- two that create at once see each other. A definer, because the caller may not see the record.
-- A strict function costs nothing without an id: `coalesce(chosen_id(:body.id), uuid_v7())`. Nobody
-- can choose the id that uuid_v7() is about to make.
create function chosen_id(id uuid) returns uuid
language plpgsql strict security definer set search_path = public, pg_temp as $$
begin
  if id::text !~ '^.{14}7.{4}[89ab]' then
    perform refuse('validation_failed', violation('/id', 'uuid_v7'));
  end if;
  perform pg_advisory_xact_lock(hashtextextended(id::text, 0));
  if exists (select from audit_log l where l.record_id = chosen_id.id::text) then  -- of any resource
    perform refuse('duplicate', violation('/id', 'unique'));
  end if;
  return id;
end
$$;

-- True if the client named the present version or any version (null). In an ETag, a stamp of
-- derived members may follow the version after a dot.
-- The high cost makes the planner check this last, on the one row of the request.
create function check_version(version int, if_match text[]) returns boolean
language plpgsql volatile cost 10000 as $$
begin
  if if_match is null or exists (select from unnest(if_match) m (etag) where split_part(m.etag, '.', 1) = version::text) then
    return true;
  end if;

  raise exception 'version_mismatch' using errcode = 'PT412', detail = version::text;
end
$$;

-- A trigger for tables that have version, updated_at and updated_by but are no business tables.
create function touch() returns trigger
language plpgsql as $$
begin
  new.version := case when tg_op = 'INSERT' then 1 else old.version + 1 end;
  new.updated_at := now();
  new.updated_by := claim_subject();
  return new;
end
$$;

-- Matches words by their beginnings, as a user types them. Every word must match. A word that
-- punctuation divides matches as a whole or by its parts. A part of one letter matches only itself,
-- since too many words begin with it. A search with digits also matches without its blanks: "812
-- 0001" finds a NIB. Null, which finds nothing, if the search has no letter and no digit.
-- A word or part that begins another adds nothing, but it lowers the planner's estimate of rows.
-- With "k ko kop kopi" or "ko-kop-kopi" the planner would join all the hits in nested loops. So a
-- word is left out if another begins with it, or if the other's parts begin with all of its parts.
create function search_query(q text) returns tsquery
language sql immutable strict parallel safe as $$
    with words as (
         select distinct on (w.whole) left(w.whole, 500) as whole, p.parts,
                (select sum(length(one)) from unnest(p.parts) one) as size
           from unnest(string_to_array(search_fold(q), ' ')) c (chunk),
                lateral (select regexp_replace(c.chunk, '[^a-z0-9\u0080-\U0010ffff]+', '', 'g') as whole,
                                regexp_split_to_array(c.chunk, '[^a-z0-9\u0080-\U0010ffff]+') as parts) w,
                lateral (select array_agg(distinct left(one, 500)) as parts
                           from unnest(w.parts) one
                          where one <> ''
                            and not exists (
                                select from unnest(w.parts) l
                                 where l <> one and length(one) > 1 and starts_with(l, one))) p
          where w.whole <> ''),
         terms as (
         select format('(''%s'':*%s)', w.whole,
                       (select ' | ' || string_agg(format('''%s''%s', p, case when length(p) > 1 then ':*' end), ' & ')
                          from unnest(w.parts) p
                         where p <> w.whole)) as term
           from words w
          where not exists (
                select from words l
                 -- The largest word stays, so the search never becomes empty.
                 where (l.size, length(l.whole), l.whole) > (w.size, length(w.whole), w.whole)
                   and (starts_with(l.whole, w.whole)
                        or not exists (
                           select from unnest(w.parts) p
                            where not exists (
                                  select from unnest(l.parts) o
                                   where starts_with(o, p) and (length(p) > 1 or p in (o, w.whole)))))))
  select (string_agg(t.term, ' & ')
          || case when count(*) > 1 and q ~ '[0-9]'
                  then format(' | ''%s'':*', left(regexp_replace(search_fold(q), '[^a-z0-9\u0080-\U0010ffff]+', '', 'g'), 500))
                  else '' end)::tsquery
    from terms t
$$;

-- The sort key of a list with a search, or with another filter that leaves few rows. No index
-- offers this expression, so PostgreSQL finds the hits first.
-- The planner knows no relation between words and order. It would walk an index until the page is
-- full. Where names with a frequent word sort late, it would walk the whole index.
create function sort_key(q text, key anyelement) returns anyelement
language sql immutable parallel safe as $$
  select case when q is null then key else greatest(key) end
$$;

-- Applies policies to everybody, including the owner of the tables.
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

-- The actions that the caller may take next on a record and on its open change request. A row
-- function calls it in its FROM, where PostgreSQL inlines it. So the subselects run once for each
-- statement, not once for each row.
--   from allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
create function allowed_actions(resource text, status text, writers uuid[], village_code text,
                                request change_request default null)
returns table (allowed_actions json)
language sql stable as $$
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

-- The actions that the caller may take on a record without a workflow.
create function kept_actions(resource text, village_code text) returns table (allowed_actions json)
language sql stable as $$
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

-- A write of a part counts as a write of its record: the record gets the writer and a new version.
-- So a verifier has read exactly what is verified. A part of a deleted record is refused.
-- Arguments: the record's table, and the column of the part that names the record, if it is not the
-- shared id. A definer, because a consent may have just hidden the record from its writer.
create function part_written() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  record_id uuid := to_jsonb(new) ->> coalesce(tg_argv[1], 'id');
  written   integer;
begin
  -- A new village means that the part follows its record. A deleted part ends with its record. With
  -- app.applies, the record's decision has written the part.
  if not claims_given() or new.deleted_at is not null or tg_op = 'UPDATE' and new.village_code <> old.village_code
     or current_setting('app.applies', true) = record_id::text then
    return null;
  end if;

  perform set_config('app.applies', record_id::text, true);
  execute format('update %I set writers = array(select unnest(writers) union select claim_subject())'
                 ' where id = $1 and deleted_at is null', tg_argv[0]) using record_id;
  get diagnostics written = row_count;
  if written = 0 then
    perform refuse('not_found');
  end if;
  perform set_config('app.applies', '', true);
  return null;
end
$$;

-- Rows that belong to a UMKM or a product follow it to other villages or to another maker.
-- Arguments: their table, the column that names the UMKM or product, and the column for the UMKM.
-- From a product they take all its villages. From a UMKM they take its new village instead of the
-- old one, because a product may belong to further villages.
-- A definer, because the user who verifies the move may have no right to write these rows.
-- app.follows marks their change as decided elsewhere: no scope, workflow or rule refuses it.
create function follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text := current_setting('app.follows', true);
  moved jsonb := to_jsonb(new);
begin
  perform set_config('app.follows', 'on', true);
  execute format($update$
      with held as (select t.id from %1$I t where t.%2$I = $1 and t.deleted_at is null order by t.id for update)
    update %1$I t
       set %3$I = $2, %4$s
      from held h
     where t.id = h.id
    $update$, tg_argv[0], tg_argv[1], tg_argv[2],
    case when moved ? 'villages' then 'village_code = $4, villages = $5, villages_waiting = ''{}'''
         else 'village_code = (villages_moved(array[t.village_code], $3, $4))[1], villages = villages_moved(t.villages, $3, $4),'
              ' villages_waiting = villages_moved(t.villages_waiting, $3, $4),'
              ' change_request = change_moved(t.change_request, $3, $4)'
    end)
    using new.id, case when moved ? 'umkm_id' then (moved ->> 'umkm_id')::uuid else new.id end, old.village_code, new.village_code,
          jsonb_texts(moved -> 'villages');
  perform set_config('app.follows', coalesce(before, ''), true);
  return null;
end
$$;

-- Stores the digest of a new password or secret, and ends the logins of the account. The
-- administrator's operations that call it are user_create, user_reset_password,
-- service_account_create and service_account_rotate_secret.
create function credential_put(subject uuid, digest text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
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

-- For `ovopd admin create`, which runs as the owner. It creates an administrator, or sets a new
-- password for one who lost it.
create function admin_create(username text, password_hash text, full_name text) returns uuid
language plpgsql as $$
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

-- Declares which columns of a table are personal, and their values once the person is forgotten. A
-- migration calls it.
--   call keep_personal('buyer', '{"contact_name": null}', ends_at => 'updated_at')
create procedure keep_personal(table_name text, forgotten jsonb, umkm_id text default null, ends_at text default null)
language plpgsql as $$
begin
  insert into personal_data values (table_name, table_name, forgotten, umkm_id, ends_at);
end
$$;

-- Hides a UMKM with restricted processing, and the rows that name it, from all but the roles that
-- handle its case. No figures count these rows.
-- umkm_id: the column with the UMKM of a row, or a column …_ids with all its UMKM.
create procedure restrict_processing(table_name text, umkm_id text)
language plpgsql as $$
declare
  free text := format(case when umkm_id like '%\_ids' then 'not %1$I && (select umkm_restricted())::uuid[]'
                           else '%1$I is null or %1$I <> all ((select umkm_restricted())::uuid[])' end, umkm_id);
begin
  execute format('create policy processing_restricted on %I as restrictive for select to ovop_bupati, ovop_system, ovop_public'
                 ' using (%s)', table_name, free);
  execute format('create policy not_counted on %I as restrictive for select to ovop_bumdes, ovop_dinas'
                 ' using (not (select claim_counts()) or %s)', table_name, free);
end
$$;

create function map_url(latitude numeric, longitude numeric) returns text
language sql immutable parallel safe as $$
  select format('https://www.openstreetmap.org/?mlat=%1$s&mlon=%2$s#map=14/%1$s/%2$s', latitude, longitude)
$$;

-- A code with its present names from the list.
create function code_named(list text, code text) returns json
language sql stable as $$
  select json_build_object('code', r.code, 'name', r.name, 'name_en', r.name_en)
    from reference r
   where r.list = code_named.list
     and r.code = code_named.code
   order by r.valid_to desc nulls first
   limit 1
$$;

-- Creates <noun>_rows(ids[, expand]) for each noun: the rows of <noun>_row(), in the order of the
-- ids. It runs as its caller, whose policies hold.
-- PostgreSQL plans a list for its values each time, because its filters fold away. A row does not
-- depend on these values. To plan all look-ups of a row function took longer than to find the page.
-- So this function is planned once for each connection.
-- It does not join with the ids, because PostgreSQL would join a view of many tables completely
-- before it uses the ids. `offset 0` keeps the subselect apart. Otherwise a view's coalesce() would
-- become a condition under a policy, where it may use no index.
create procedure list_rows(variadic nouns text[])
language plpgsql as $$
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
$$;

-- The first argument of sort_key(). It is not null for a search, for a filter by village, or for a
-- caller with at most ten villages. These leave so few rows that an index in the page's order would
-- pass many other rows first. It is null for a caller with more villages or the whole district.
create function narrowed(q text, villages text[], claims jsonb) returns text
language sql immutable parallel safe as $$
  select coalesce(q, villages::text,
                  case when jsonb_array_length(claims -> 'villages') <= 10 and not claims -> 'villages' ? 'district'
                       then claims ->> 'villages'
                  end)
$$;

-- Whether the digits of a number are one digit repeated, or count up or down, as people type who do
-- not know the number.
create function number_placeholder(number text) returns boolean
language sql immutable strict parallel safe as $$
  select length(d.digits) >= 5
         and (d.digits = repeat(left(d.digits, 1), length(d.digits))
              or d.digits in (select left(run, length(d.digits)) from unnest('{01234567890123456789,12345678901234567890,98765432109876543210}'::text[]) run))
    from (select regexp_replace(number, '[^0-9]', '', 'g')) d (digits)
$$;

grant execute on function
  in_scope(text), day_of(timestamptz), today(), unit_base(text), unit_factor(text), search_query(text), sort_key(text, anyelement),
  allowed_actions(text, text, uuid[], text, change_request), kept_actions(text, text),
  number_placeholder(text), code_named(text, text), narrowed(text, text[], jsonb), chosen_id(uuid)
  to ovop_api;
grant execute on function
  name_fault(text, boolean), name_rules(text, text, boolean), utc_text(timestamptz), violation(text, text),
  taken_back(jsonb, jsonb), check_version(int, text[])
  to ovop_api, ovop_engine;
grant execute on function
  credential_put(uuid, text)
  to ovop_admin;
grant execute on function
  map_url(numeric, numeric)
  to ovop_public;
