-- The audit log: who changed what. It is append-only, chained per record and sealed in ranges, so
-- that a later change of an entry is detected.

create table audit_log (
  id         bigint generated always as identity primary key,
  at         timestamptz(3) not null,
  resource   text not null,
  record_id  text not null,   -- its id, or its code
  -- The villages that may read it. Null if the record has no village (users, villages, reference).
  villages   text[],
  subject    uuid,            -- null: the operator, through migrations
  role       text,
  operation  text,
  request_id text,
  action     text not null,
  changes    jsonb not null,  -- member -> [old, new]; personal member -> null
  prev       text,            -- the hash of the record's previous entry
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

call force_policies('audit_log', 'audit_seal', 'audit_mark');

-- '{null}' marks a record of the whole district.
create policy bumdes_select on audit_log for select to ovop_bumdes
 using (villages && (select claim_villages())::text[] or villages = '{null}');
create policy dinas_select on audit_log for select to ovop_dinas
 using (villages is not null);
create policy bupati_select on audit_log for select to ovop_bupati
 using (villages is not null);
-- A system reads the history of the records that it may read.
create policy system_select on audit_log for select to ovop_system using (
  ((select claim_scope('register:read') or claim_scope('register:write'))
   or resource = 'production_report' and (select claim_scope('production:write'))
   or resource in ('buyer', 'export') and (select claim_scope('exports:write')))
  and (villages && (select claim_villages())
       or villages = '{null}'
       or villages is not null and (select claim_district())));

grant select on audit_log to ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system;
