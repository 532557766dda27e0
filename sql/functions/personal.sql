-- Personal data: the columns and records that hold it, and the log of who opened it.

create trigger append_only before update or delete or truncate on personal_read
  for each statement execute function audit_append_only();

-- A read may name the request for access that it answers. That request must be granted, and about
-- the same record. It runs as the reader, who must see the request.
create function personal_read_answers() returns trigger
language plpgsql as $$
declare
  request data_subject_request;
begin
  if not claims_given() then
    return new;
  end if;

  select r.* into request
    from data_subject_request r, data_subject_request_about(r) a
   where r.id = new.data_subject_request_id
     and (a.resource, a.record_id) = (new.resource, new.record_id);
  if request.id is null then
    perform refuse('validation_failed', violation('/data_subject_request_id', 'exists'));
  end if;
  if (request.kind, request.status) <> ('access', 'granted') then
    perform refuse('state_conflict', violation('/data_subject_request_id', 'no_access_granted'));
  end if;
  return new;
end
$$;

create trigger answers before insert on personal_read
   for each row when (new.data_subject_request_id is not null) execute function personal_read_answers();

-- The log entries of one record: who read its personal data, and for what purpose.
create function personal_reads(resource text, record_id uuid)
returns table (id bigint, at timestamptz(3), subject uuid, role text, operation text, members json, purpose text, request_id text,
  client_request_id text, data_subject_request_id uuid)
language sql stable as $$
  select l.id, l.at, l.subject, l.role, l.operation, to_json(l.members), l.purpose, l.request_id, l.client_request_id,
         l.data_subject_request_id
    from personal_read l
   where l.resource = personal_reads.resource
     and l.record_id = personal_reads.record_id
$$;

-- Updates a record's entry in personal_record with the personal members that it holds. Members in
-- its change request count as well. A deleted record or one without such members loses its entry.
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
          retention_end(kept.resource, ended))
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

-- Creates the triggers of a table with a person's columns. One empties these columns when a record
-- is deleted. The other keeps personal_record up to date, which erasure and retention use.
create procedure personal_triggers(table_name text)
language plpgsql as $$
#variable_conflict use_variable
declare
  kept      personal_data := (select k from personal_data k where k.table_name = table_name);
  requested boolean := exists (select from pg_attribute where attrelid = table_name::regclass and attname = 'change_request');
begin
  execute format('create trigger forget before update on %I for each row when (new.deleted_at is not null)'
                 ' execute function forget(%L)', table_name,
                 kept.forgotten || case when requested then '{"change_request": null}' else '{}' end::jsonb);
  execute format('create trigger personal_record after insert or update on %I'
                 ' for each row execute function personal_record_kept()', table_name);
  -- Enters the rows that the table had before it kept personal data.
  if not exists (select from personal_record r where r.resource = kept.resource) then
    execute format('select personal_record_keep($1, to_jsonb(t)) from %I t', table_name) using kept;
  end if;
end
$$;

create function personal_record_row(p personal_record)
returns table (id uuid, resource text, record_id uuid, umkm_id uuid, village_code text, district_code text, members json,
  legal_basis text, processing_restricted boolean, ended_on date, retention_until date)
language sql stable as $$
  select p.id, p.resource, p.record_id, p.umkm_id, p.village_code, p.district_code, to_json(p.members), c.legal_basis,
         c.processing_restricted is true, p.ended_on, p.retention_until
    from (select) one
         left join umkm_consent c on c.id = p.umkm_id
$$;

grant execute on function
  personal_reads(text, uuid)
  to ovop_api;
grant execute on function
  personal_record_row(personal_record)
  to ovop_dinas;
