-- The common part of policies.sql and engine_policies.sql: a transaction that never commits, the
-- list of business tables, the callers, and the outcome of a statement.

\set ON_ERROR_STOP on
begin;
set local client_min_messages = warning;
create extension pgtap;
\if :{?broken}
:broken;  -- a break that the test must detect
\endif

create temp view business as
  select c.relname::text as name
    from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'village_code'
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and exists (select from pg_trigger where tgrelid = c.oid and tgname = 'business_touch');

-- Callers: the database role, villages and scope of the token, and the reach: all, the own village,
-- the public's rows, or no table. Some name the operation that they call.
create temp table caller (name text, role text, villages text, scope text, reach text, operation text);
insert into caller values
  ('the public',                       'ovop_public', null,       null,               'public'),
  ('a BUMDes officer',                 'ovop_bumdes', 'own',      null,               'own'),
  ('an officer without claims',        'ovop_bumdes', null,       null,               'own'),
  ('the Dinas',                        'ovop_dinas',  null,       null,               'all'),
  ('the Bupati''s office',             'ovop_bupati', null,       null,               'all'),
  ('a system that reads the district', 'ovop_system', 'district', 'register:read',    'all'),
  ('a system that reads a village',    'ovop_system', 'own',      'register:read',    'own'),
  ('a system that reads reports',      'ovop_system', 'district', 'reports:read',     'all'),
  ('a system that reads a village''s reports', 'ovop_system', 'own', 'reports:read', 'own'),
  ('a system that reads the district and its reports', 'ovop_system', 'district', 'register:read reports:read', 'all'),
  ('a system that reads a village and its reports', 'ovop_system', 'own', 'register:read reports:read', 'own'),
  ('a system that writes the district', 'ovop_system', 'district', 'register:write',  'all'),
  ('a system that writes a village',   'ovop_system', 'own',      'register:write',   'own'),
  ('a system that reports production', 'ovop_system', 'own',      'production:write', 'own'),
  ('a system that writes exports',     'ovop_system', 'own',      'exports:write',    'own'),
  ('a system of another scope',        'ovop_system', 'district', 'users:write',      'all'),
  ('a system without claims',          'ovop_system', null,       null,               'own'),
  ('the administrator',                'ovop_admin',  null,       null,               'none'),
  ('the engine',                       'ovop_engine', null,       null,               'none'),
  ('the login itself',                 :'login',      null,       null,               'none');

-- Whether the caller has claims.
create function pg_temp.somebody(c caller) returns boolean language sql as $$
  select c.villages is not null or c.reach = 'all' or c.role = 'ovop_admin'
$$;

-- The number of rows that a statement reaches, or its SQLSTATE. Everything is rolled back, also
-- what the owner wrote before.
create function pg_temp.outcome(c caller, sql text, before text default null) returns text language plpgsql as $$
declare
  n bigint;
begin
  if before is not null then
    execute before;
  end if;
  perform set_config('app.claims', jsonb_strip_nulls(jsonb_build_object(
            'sub', case when pg_temp.somebody(c) then '00000000-0000-4000-8000-00000000000a' end, 'role', substr(c.role, 6),
            'operation', c.operation, 'scope', string_to_array(c.scope, ' '),
            'villages', string_to_array(case c.villages when 'own' then '35.05.17.2009' else c.villages end, ' ')))::text, true),
          set_config('role', c.role, true);
  execute sql;
  get diagnostics n = row_count;
  raise exception using errcode = 'UNDO1', message = n::text;
exception
  when sqlstate 'UNDO1' then return sqlerrm;
  when others then return sqlstate;
end
$$;

create function pg_temp.role_of(c caller) returns text language sql as $$ select substr(c.role, 6) $$;

-- Drops constraints of these kinds, unique indexes and `not null` of the tables that have rules.
-- `not null` of the columns in `kept` stays.
create function pg_temp.put_aside(kinds text, kept text[]) returns void language plpgsql as $$
declare
  c record;
begin
  for c in select k.conrelid::regclass as t, k.conname from pg_constraint k, rule r
            where k.conrelid = r.name::regclass and strpos(kinds, k.contype::text) > 0 loop
    execute format('alter table %s drop constraint %I cascade', c.t, c.conname);
  end loop;
  for c in select i.indexrelid::regclass as name from pg_index i, rule r
            where i.indrelid = r.name::regclass and i.indisunique and not i.indisprimary loop
    execute format('drop index %s', c.name);
  end loop;
  for c in select a.attrelid::regclass as t, a.attname from pg_attribute a, rule r
            where a.attrelid = r.name::regclass and a.attnum > 0 and a.attnotnull and not a.attisdropped and a.attidentity = ''
              and a.attname <> all (kept) loop
    execute format('alter table %s alter %I drop not null', c.t, c.attname);
  end loop;
end
$$;
