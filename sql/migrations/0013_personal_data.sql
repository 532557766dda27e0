-- Personal data is sealed before it comes here; who opened whose, and what for, is written down; and what is kept of whom, until
-- when, so that it can be found, shown and forgotten.

-- What the engine makes of a sealed member: cipher text, keyed hash for look-up, mask for the eye.
create type sealed as (cipher text, hash text, mask text);

-- UU 27/2022, article 31: who saw whose personal data, and what for.
create table personal_read (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  resource text not null,
  record_id uuid,     -- null: a look-up that found nothing
  village_code text,
  members text[] not null,
  purpose text not null,
  subject uuid not null default claim_subject(),
  role text not null default claim_role(),
  operation text default claims() ->> 'operation',
  request_id text default claims() ->> 'request_id'
);

create index on personal_read (resource, record_id, id);
create index on personal_read (record_id, at, id);
create index on personal_read (subject, at, id);
create index on personal_read (village_code, at, id);
create index on personal_read (at, id);
create trigger append_only before update or delete or truncate on personal_read
  for each statement execute function audit_append_only();

call force_policies('personal_read');
create policy dinas_select on personal_read for select to ovop_dinas using (true);
create policy bupati_select on personal_read for select to ovop_bupati using (true);
create policy dinas_insert on personal_read for insert to ovop_dinas with check (true);
create policy bumdes_insert on personal_read for insert to ovop_bumdes
  with check (village_code is null or village_code = any ((select claim_villages())::text[]));
grant select on personal_read to ovop_dinas, ovop_bupati;
grant insert (resource, record_id, village_code, members, purpose) on personal_read to ovop_bumdes, ovop_dinas;

-- Who saw the personal data of one record, and what for.
create function personal_reads(resource text, record_id uuid)
returns table (id bigint, at timestamptz(3), subject uuid, role text, operation text, members json, purpose text, request_id text)
language sql stable as $$
  select l.id, l.at, l.subject, l.role, l.operation, to_json(l.members), l.purpose, l.request_id
    from personal_read l
   where l.resource = personal_reads.resource
     and l.record_id = personal_reads.record_id
$$;

grant execute on function personal_reads(text, uuid) to ovop_api;

-- Which columns of a table are a person's, and what they become once the person is forgotten. Filled by keep_personal().
create table personal_data (
  table_name  text primary key,
  resource    text not null unique,
  forgotten   jsonb not null,  -- column -> what it becomes
  umkm_column text,            -- says of which UMKM; null: the person stands alone
  ends_column text             -- says when the data was last needed; null: its UMKM's end does
);

-- How many months personal data is kept after its end; the operator's to change.
create table retention (
  resource text primary key,
  months   integer not null check (months > 0)
);

-- Every record that holds personal data, without a value of it; kept true by every change of the record.
create table personal_record (
  id uuid primary key default uuid_v7(),
  resource text not null,
  record_id uuid not null,
  umkm_id uuid,
  village_code text,
  district_code text generated always as (left(village_code, 8)) stored,
  members text[] not null,
  hashes text[] not null,     -- of its sealed members: so one finds all records of a person
  ended_on date,              -- since when it is needed no more
  retention_until date,
  due date not null generated always as (coalesce(retention_until, '9999-12-31')) stored,
  unique (resource, record_id)
);

create index on personal_record (due, id);
create index on personal_record (resource, due, id);
create index on personal_record (village_code, due, id);
create index on personal_record (district_code, due, id);
create index on personal_record (umkm_id, due, id);
create index on personal_record using gin (hashes);

call force_policies('personal_record');
create policy dinas_select on personal_record for select to ovop_dinas using (true);
grant select on personal_record to ovop_dinas;

create function retained_until(resource text, ended_on date) returns date
language sql stable as $$
  select (ended_on + make_interval(months => r.months))::date from retention r where r.resource = retained_until.resource
$$;

create function retention_changed() returns trigger
language plpgsql as $$
begin
  update personal_record p
     set retention_until = retained_until(p.resource, p.ended_on)
   where p.resource = new.resource;
  return null;
end
$$;

create trigger changed after insert or update on retention for each row execute function retention_changed();

-- Writes down which personal members a record holds, also those that a change request asks for.
create function personal_record_keep(kept personal_data, record jsonb) returns void
language plpgsql as $$
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

create function personal_record_kept() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform personal_record_keep(k, to_jsonb(new)) from personal_data k where k.table_name = tg_table_name;
  return null;
end
$$;

-- The row of what is deleted stays for the history, but no person in it. Argument: what its columns become, after the workflow
-- (triggers run in the order of their names).
create function forget() returns trigger
language plpgsql as $$
begin
  return jsonb_populate_record(new, tg_argv[0]::jsonb);
end
$$;

-- Has the persons of a table known to the register, forgotten with a deleted record, by erasure, and after their time.
--   call keep_personal('buyer', '{"contact_name": null}', ends_at => 'updated_at')
create procedure keep_personal(table_name text, forgotten jsonb, umkm_id text default null, ends_at text default null)
language plpgsql as $$
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
$$;

-- Empties the personal members of one record and of the replies that are kept of its writes; which they were. The rest stays. A part
-- of a record is written by PUT, of which no reply is kept, and has the record's id.
create function forget_record(resource text, record_id uuid) returns text[]
language plpgsql as $$
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
$$;

-- Forgets whose time has passed, some at a time; how many.
create function forget_due() returns bigint
language sql volatile as $$
  select count(forget_record(d.resource, d.record_id))
    from (select p.resource, p.record_id from personal_record p where p.due < today() order by p.due limit 100) d
$$;
