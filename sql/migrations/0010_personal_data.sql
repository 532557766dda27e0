-- Personal data. The engine seals it before it reaches SQL. A log names who opened it and for what
-- purpose. A register names the records that hold it and until when, so that it can be found, shown
-- and forgotten.

-- A sealed member as the engine makes it: cipher text, keyed hash for look-up, mask for display.
create type sealed as (cipher text, hash text, mask text);

-- UU 27/2022, article 31: who read whose personal data, and for what purpose.
create table personal_read (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null default now(),
  resource text not null,
  record_id uuid,     -- null: a look-up without a hit
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

call force_policies('personal_read');

create policy dinas_select on personal_read for select to ovop_dinas using (true);
create policy bupati_select on personal_read for select to ovop_bupati using (true);
create policy dinas_insert on personal_read for insert to ovop_dinas with check (true);
create policy bumdes_insert on personal_read for insert to ovop_bumdes
  with check (village_code is null or village_code = any ((select claim_villages())::text[]));

grant select on personal_read to ovop_dinas, ovop_bupati;

grant insert (resource, record_id, village_code, members, purpose) on personal_read to ovop_bumdes, ovop_dinas;

-- The personal columns of each table, and their values once the person is forgotten.
-- keep_personal() fills this table.
create table personal_data (
  table_name  text primary key,
  resource    text not null unique,
  forgotten   jsonb not null,  -- column -> value once forgotten
  umkm_column text,            -- names the UMKM; null: the person belongs to no UMKM
  ends_column text             -- holds the time of the last need; null: the end of the UMKM
);

-- The months for which personal data is kept after its end. The operator may change them.
create table retention (
  resource text primary key,
  months   integer not null check (months > 0)
);

-- Every record that holds personal data, without any of its values. Triggers keep it up to date.
create table personal_record (
  id uuid primary key default uuid_v7(),
  resource text not null,
  record_id uuid not null,
  umkm_id uuid,
  village_code text,
  district_code text generated always as (left(village_code, 8)) stored,
  members text[] not null,
  hashes text[] not null,     -- of the sealed members, to find all records of a person
  ended_on date,              -- the day on which the need for it ended
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
