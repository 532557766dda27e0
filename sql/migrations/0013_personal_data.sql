-- Personal data is sealed before it comes here; who opened whose, and what for, is written down.

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
create trigger append_only before update or delete or truncate on personal_read
  for each statement execute function audit_append_only();

call force_policies('personal_read');
create policy dinas_select on personal_read for select to ovop_dinas using (true);
create policy dinas_insert on personal_read for insert to ovop_dinas with check (true);
create policy bumdes_insert on personal_read for insert to ovop_bumdes
  with check (village_code is null or village_code = any ((select claim_villages())::text[]));
grant select on personal_read to ovop_dinas;
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
