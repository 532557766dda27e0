-- The same as policies.sql for all other tables: accounts and secrets, the audit, the reads of
-- personal data, kept reports, and tables that everybody reads. The rules are written by hand from
-- the requirements, and no statement here reads a policy. Triggers and constraints are removed, so
-- that only grants and row-level security decide.

\ir callers.sql

insert into caller values ('the Dinas that counts', 'ovop_dinas', null, null, 'all', 'report_markets');

-- For each table: whether forced policies choose the rows; the roles that read; the roles that
-- write; the columns that they insert and update. No role deletes. Only functions reach a table
-- without roles.
\set known 'bumdes dinas bupati system admin'
\set everybody 'public ' :known
create temp table rule (name text, forced boolean, reads text, writes text, inserted text, updated text);
insert into rule values
  -- The administrator manages accounts, and cannot rename them. A caller reads the own account. No
  -- role reads secrets.
  ('user_account',        true,  :'known', 'admin', 'username full_name role villages',
                                 'full_name role villages must_change_password disabled_at'),
  ('service_account',     true,  :'known', 'admin', 'client_id name scopes villages', 'name scopes villages disabled_at'),
  ('credential',          true,  '', '', '', ''),
  ('refresh_family',      true,  '', '', '', ''),
  ('refresh_token',       true,  '', '', '', ''),
  ('login_throttle',      true,  '', '', '', ''),
  ('idempotency_key',     true,  '', '', '', ''),
  -- Triggers write the audit, never a caller. Only the owner of the database reads seals.
  ('audit_log',           true,  'bumdes dinas bupati system', '', '', ''),
  ('audit_seal',          true,  '', '', '', ''),
  ('audit_mark',          true,  '', '', '', ''),
  -- A reader of personal data writes down the members and the purpose. The database sets the reader
  -- and the time.
  ('personal_read',       true,  'dinas bupati', 'bumdes dinas', 'resource record_id village_code members purpose umkm_id '
                                 'data_subject_request_id', ''),
  ('personal_record',     true,  'dinas', '', '', ''),
  ('personal_data',       false, '', '', '', ''),
  ('retention',           false, '', '', '', ''),
  -- A kept report never changes. The public gets export totals through a function that leaves small
  -- cells out.
  ('report_snapshot',     true,  'dinas bupati system', 'dinas bupati', 'id report title as_of period_from period_to counted_by '
                                 'district_codes village_codes verified_only result sha256', ''),
  ('export_total',        true,  '', '', '', ''),
  ('report_figure',       false, :'everybody', '', '', ''),
  -- Everybody reads code lists and regions. The Dinas maintains them, but cannot change a code that
  -- records use.
  ('reference',           false, :'everybody', 'dinas', 'id list code edition name name_en valid_from valid_to alpha3 '
                                 'minor_units sea_only country_code customs_code equivalent_code unit figure rate_idr',
                                 'name name_en valid_from valid_to alpha3 '
                                 'minor_units sea_only country_code customs_code equivalent_code unit figure rate_idr'),
  ('star_rubric',         false, :'everybody', 'dinas', 'id scheme year name name_en criteria levels',
                                 'name name_en criteria levels'),
  ('district',            false, :'everybody', '', '', ''),
  ('village',             false, :'everybody', 'dinas', '',
                                 'population population_year index_name index_year index_score index_status'),
  ('dinas_contact',       false, '', '', '', ''),
  -- Everybody reads the workflow, and no role changes it.
  ('resource',            false, :'everybody', '', '', ''),
  ('workflow',            false, :'everybody', '', '', ''),
  ('workflow_transition', false, :'everybody', '', '', ''),
  ('workflow_map',        false, :'everybody', '', '', ''),
  -- The service checks the version of the schema as its login.
  ('schema_migrations',   false, substr(:'login', 6), '', '', ''),
  ('schema_functions',    false, substr(:'login', 6), '', '', ''),
  ('schema_seeds',        false, '', '', '', ''),
  ('schema_objects',      false, '', '', '', '');

create temp table whole as select name from rule;
\if :{?only}
delete from rule where name <> :'only';
\endif

-- Rows of the tables whose policies choose: the owner, the village or the UMKM of a row.
create temp table sample (name text, kind text, columns text, "values" text);
insert into sample values
  ('user_account',    'its own',                     'id', $$'00000000-0000-4000-8000-00000000000a'$$),
  ('user_account',    'another''s',                  null, null),
  ('service_account', 'its own',                     'id', $$'00000000-0000-4000-8000-00000000000a'$$),
  ('service_account', 'another''s',                  null, null),
  ('audit_log',       'the own village''s',          'villages', $$'{35.05.17.2009}'$$),
  ('audit_log',       'another village''s',          'villages', $$'{35.05.07.2011}'$$),
  ('audit_log',       'shared',                      'villages', $$'{35.05.07.2011,35.05.17.2009}'$$),
  ('audit_log',       'the district''s',             'villages', $$'{null}'$$),
  ('audit_log',       'a village profile''s',        'resource', $$'village'$$),
  ('audit_log',       'a production report''s',      'resource, villages', $$'production_report', '{35.05.17.2009}'$$),
  ('audit_log',       'an export''s',                'resource, villages', $$'export', '{35.05.17.2009}'$$),
  ('audit_log',       'a buyer''s',                  'resource, villages', $$'buyer', '{35.05.17.2009}'$$),
  ('audit_log',       'another village''s export''s', 'resource, villages', $$'export', '{35.05.07.2011}'$$),
  ('audit_log',       'an account''s',               'resource', $$'user'$$),
  ('personal_read',   'the own village''s',          'village_code', $$'35.05.17.2009'$$),
  ('personal_read',   'another village''s',          'village_code', $$'35.05.07.2011'$$),
  ('personal_read',   'a fruitless look-up''s',      null, null),
  ('personal_read',   'a restricted UMKM''s',        'umkm_id', $$'00000000-0000-4000-8000-00000000000b'$$),
  ('personal_read',   'of that id, not a UMKM',      'record_id', $$'00000000-0000-4000-8000-00000000000b'$$),
  ('personal_record', 'the own village''s',          'village_code', $$'35.05.17.2009'$$),
  ('personal_record', 'another village''s',          'village_code', $$'35.05.07.2011'$$),
  ('personal_record', 'a restricted UMKM''s',        'umkm_id', $$'00000000-0000-4000-8000-00000000000b'$$),
  ('report_snapshot', 'a free UMKM''s',              'umkm_ids', $$'{00000000-0000-4000-8000-00000000000c}'$$),
  ('report_snapshot', 'a restricted UMKM''s',        'umkm_ids', $$'{00000000-0000-4000-8000-00000000000b}'$$);
insert into sample (name, kind) select name, 'any' from rule where name not in (select name from sample);

-- Remove triggers, constraints and existing rows. The transaction never commits.
set local session_replication_role = replica;
insert into umkm_consent (id, village_code, contact_public, processing_restricted)
values ('00000000-0000-4000-8000-00000000000b', '35.05.17.2009', false, true);
select pg_temp.put_aside('cpux', '{}');
do $$
declare
  one text;
begin
  for one in select name from rule loop
    execute format('truncate %I', one);
  end loop;
end
$$;

create function pg_temp.insertion(s sample) returns text language sql as $$
  select format('insert into %I %s', s.name, coalesce('(' || s.columns || ') values (' || s."values" || ')', 'default values'))
$$;

create function pg_temp.of(list text, one text) returns boolean language sql as $$
  select one = any (string_to_array(list, ' '))
$$;

create function pg_temp.columns(r rule) returns setof text language sql as $$
  select attname::text from pg_attribute
   where attrelid = r.name::regclass and attnum > 0 and not attisdropped order by attnum
$$;

-- The rows that a role with the right to read sees. Only the Dinas, which handles the case, sees a
-- restricted UMKM, and no figure counts it. A caller sees the audit of records in the own villages.
-- The Dinas and the Bupati's office also see the audit of village profiles. Nobody sees the audit
-- of accounts. A system reads kept reports if it reads the records of the district as well.
create function pg_temp.sees(c caller, s sample) returns boolean language sql as $$
  select case
           when s.name in ('user_account', 'service_account')
           then pg_temp.role_of(c) = 'admin' or s.kind = 'its own' and pg_temp.somebody(c)
           when s.kind = 'a restricted UMKM''s' and (pg_temp.role_of(c) <> 'dinas' or c.operation is not null) then false
           when s.name = 'report_snapshot' and pg_temp.role_of(c) = 'system'
           then c.scope = 'register:read reports:read' and c.reach = 'all'
           when s.name <> 'audit_log' then true
           when s.kind = 'an account''s' then false
           when s.kind = 'a village profile''s' then pg_temp.role_of(c) in ('dinas', 'bupati')
           when pg_temp.role_of(c) = 'system'
                and not coalesce(c.scope like 'register:%' or (c.scope, s.kind) in (('production:write', 'a production report''s'),
                                ('exports:write', 'an export''s'), ('exports:write', 'a buyer''s')), false)
           then false
           when s.kind = 'the district''s' or c.reach = 'all' then true
           else s."values" like '%35.05.17.2009%' and c.villages is not null
         end
$$;

-- A look-up without a result has no village. A caller without claims cannot write one, because the
-- reader is not null.
create function pg_temp.right_insert(c caller, r rule, s sample) returns text language sql as $$
  select case
           when not pg_temp.of(r.writes, pg_temp.role_of(c)) or r.inserted = '' then '42501'
           when not pg_temp.of(r.inserted, s.columns) then '42501'
           when s.kind like '%village''s' and pg_temp.role_of(c) = 'bumdes'
                and not (s.kind = 'the own village''s' and c.villages is not null)
           then '42501'
           else '1'
         end
$$;

select * from no_plan();

-- A role that may read reads every column. Any other role reads no column and cannot count rows.
select is(pg_temp.outcome(c, format('select %s from %I', case when pg_temp.of(r.reads, pg_temp.role_of(c)) then '*' end, r.name),
                          pg_temp.insertion(s)),
          case when not pg_temp.of(r.reads, pg_temp.role_of(c)) then '42501' when pg_temp.sees(c, s) then '1' else '0' end,
          format('%s selects %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where s.name = r.name;

select is(pg_temp.outcome(c, pg_temp.insertion(s)), pg_temp.right_insert(c, r, s),
          format('%s inserts %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where s.name = r.name;

select is(pg_temp.outcome(c, format('update %I set %I = default', r.name,
                                    coalesce(nullif(split_part(r.updated, ' ', 1), ''), (select pg_temp.columns(r) limit 1))),
                          pg_temp.insertion(s)),
          case when r.updated <> '' and pg_temp.of(r.writes, pg_temp.role_of(c)) then '1' else '42501' end,
          format('%s updates %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where s.name = r.name;

select is(pg_temp.outcome(c, format('delete from %I', r.name), pg_temp.insertion(s)), '42501',
          format('%s deletes %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where s.name = r.name;

-- The list of tables is complete, and the conditions hold on which the policies depend.
select bag_eq(
  $$ select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'm')
     except select name from business $$, 'select name from whole', 'the rules name every other table');
select is_empty(
  $$ select r.name from rule r join pg_class c on c.oid = r.name::regclass
      where r.forced is distinct from (c.relrowsecurity and c.relforcerowsecurity) $$, 'every table with policies forces them');
select is_empty(
  $$ select r.name, p.rolname from rule r, pg_roles p where p.rolname like 'ovop\_%'
        and (has_table_privilege(p.oid, r.name, 'truncate') or has_table_privilege(p.oid, r.name, 'references')
             or has_table_privilege(p.oid, r.name, 'trigger')) $$, 'no role may truncate, reference or add a trigger to these tables');

-- Grants without policies: no grant may exceed the rules, not even one that a policy blocks today.
do $$
declare
  one text;
begin
  for one in select name from rule where forced loop
    execute format('alter table %I disable row level security', one);
  end loop;
end
$$;

create function pg_temp.granted(c caller, r rule, statement text) returns text language sql as $$
  select coalesce(string_agg(m, ' '), '') from pg_temp.columns(r) m
   where pg_temp.outcome(c, format(statement, r.name, m)) <> '42501'
$$;

select is(pg_temp.granted(c, r, v.statement), case when pg_temp.of(r.writes, pg_temp.role_of(c)) then v.columns else '' end,
          format('%s %s no other column of %s', c.name, v.verb, r.name))
  from caller c, rule r, lateral (values ('inserts', r.inserted, 'insert into %I (%I) values (default)'),
                                         ('updates', r.updated, 'update %I set %I = default')) v (verb, columns, statement);
select * from finish();
rollback;
