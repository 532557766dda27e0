-- Who may do what to all other tables than the business's: accounts and secrets, the audit, who saw persons, kept reports, and what
-- everybody reads. As in policies.sql the rules are the product's, written by hand; nothing here reads a policy. Triggers and
-- constraints are put aside, so that grants and row-level security alone decide.

\ir callers.sql

insert into caller values ('the Dinas that counts', 'ovop_dinas', null, null, 'all', 'report_markets');

-- Whether policies choose the rows, for the owner, too; who reads; who writes, inserting and updating which columns. Nobody
-- deletes, and what names nobody is reached through functions alone.
\set known 'bumdes dinas bupati system admin'
\set everybody 'public ' :known
create temp table rule (name text, forced boolean, reads text, writes text, inserted text, updated text);
insert into rule values
  -- The administrator keeps who comes in, and renames nobody; whoever has come in reads themselves. Secrets are nobody's.
  ('user_account',        true,  :'known', 'admin', 'username full_name role villages',
                                 'full_name role villages must_change_password disabled_at'),
  ('service_account',     true,  :'known', 'admin', 'client_id name scopes villages', 'name scopes villages disabled_at'),
  ('credential',          true,  '', '', '', ''),
  ('refresh_family',      true,  '', '', '', ''),
  ('refresh_token',       true,  '', '', '', ''),
  ('login_throttle',      true,  '', '', '', ''),
  ('idempotency_key',     true,  '', '', '', ''),
  -- Changes write the audit, never a caller; seals are for whoever owns the database.
  ('audit_log',           true,  'bumdes dinas bupati system', '', '', ''),
  ('audit_seal',          true,  '', '', '', ''),
  ('audit_mark',          true,  '', '', '', ''),
  -- Who sees a person's data writes down what and why; who and when are not the caller's to say.
  ('personal_read',       true,  'dinas bupati', 'bumdes dinas', 'resource record_id village_code members purpose', ''),
  ('personal_record',     true,  'dinas', '', '', ''),
  ('personal_data',       false, '', '', '', ''),
  ('retention',           false, '', '', '', ''),
  -- Kept reports stay as they were told. The public is told the totals by a function that leaves small cells out.
  ('report_snapshot',     true,  'dinas bupati system', 'dinas bupati', 'id report title as_of period_from period_to counted_by '
                                 'district_codes village_codes verified_only result sha256', ''),
  ('export_total',        true,  '', '', '', ''),
  ('report_figure',       false, :'everybody', '', '', ''),
  -- Code lists and regions are everybody's. The Dinas keeps them, but what a code is called in records stays.
  ('reference',           false, :'everybody', 'dinas', 'id list code edition name_id name_en valid_from valid_to alpha3 '
                                 'minor_units sea_only country_code customs_code equivalent_code unit figure',
                                 'name_id name_en valid_from valid_to alpha3 '
                                 'minor_units sea_only country_code customs_code equivalent_code unit figure'),
  ('star_rubric',         false, :'everybody', 'dinas', 'id scheme year name_id name_en criteria levels',
                                 'name_id name_en criteria levels'),
  ('district',            false, :'everybody', '', '', ''),
  ('village',             false, :'everybody', 'dinas', '',
                                 'population population_year index_name index_year index_score index_status'),
  ('dinas_contact',       false, '', '', '', ''),
  -- The workflow is no secret and nobody's to bend.
  ('resource',            false, :'everybody', '', '', ''),
  ('workflow',            false, :'everybody', '', '', ''),
  ('workflow_transition', false, :'everybody', '', '', ''),
  ('workflow_map',        false, :'everybody', '', '', ''),
  -- The service asks as its login whether the schema is its own.
  ('schema_migrations',   false, substr(:'login', 6), '', '', ''),
  ('schema_seeds',        false, '', '', '', '');

create temp table whole as select name from rule;
\if :{?only}
delete from rule where name <> :'only';
\endif

-- Rows, where it matters which: whose, of which village, whom they name.
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
  ('personal_read',   'a restricted UMKM''s',        'record_id', $$'00000000-0000-4000-8000-00000000000b'$$),
  ('personal_record', 'the own village''s',          'village_code', $$'35.05.17.2009'$$),
  ('personal_record', 'another village''s',          'village_code', $$'35.05.07.2011'$$),
  ('personal_record', 'a restricted UMKM''s',        'umkm_id', $$'00000000-0000-4000-8000-00000000000b'$$),
  ('report_snapshot', 'a free UMKM''s',              'umkm_ids', $$'{00000000-0000-4000-8000-00000000000c}'$$),
  ('report_snapshot', 'a restricted UMKM''s',        'umkm_ids', $$'{00000000-0000-4000-8000-00000000000b}'$$);
insert into sample (name, kind) select name, 'any' from rule where name not in (select name from sample);

-- Triggers and constraints are put aside, and what is there already; the transaction never commits.
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

-- What is right, of those who may read at all. A restricted UMKM is left to who handles its case, the Dinas here, but no figure
-- counts it. The audit shows who keeps or reads the register what became of the records in their villages, the Dinas and the
-- Bupati's office also of the villages' profiles, and nobody what became of accounts.
create function pg_temp.sees(c caller, s sample) returns boolean language sql as $$
  select case
           when s.name in ('user_account', 'service_account')
           then pg_temp.role_of(c) = 'admin' or s.kind = 'its own' and pg_temp.somebody(c)
           when s.kind = 'a restricted UMKM''s' and (pg_temp.role_of(c) <> 'dinas' or c.operation is not null) then false
           when s.name = 'report_snapshot' and pg_temp.role_of(c) = 'system' then c.scope = 'reports:read' and c.reach = 'all'
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

-- A look-up that found nothing is of no village. (Who has no claims cannot write it down: a reader has a name, not null.)
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

-- Who may read reads every column; who may not, none, nor how many rows there are.
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

-- The list of tables is whole, and below it stands what the policies rest on.
select bag_eq(
  $$ select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'm')
     except select name from business $$, 'select name from whole', 'the rules name every other table');
select is_empty(
  $$ select r.name from rule r join pg_class c on c.oid = r.name::regclass
      where r.forced is distinct from (c.relrowsecurity and c.relforcerowsecurity) $$, 'those with policies force them');
select is_empty(
  $$ select r.name, p.rolname from rule r, pg_roles p where p.rolname like 'ovop\_%'
        and (has_table_privilege(p.oid, r.name, 'truncate') or has_table_privilege(p.oid, r.name, 'references')
             or has_table_privilege(p.oid, r.name, 'trigger')) $$, 'nobody empties, refers to or hooks into one');

-- Grants alone, the policies put aside: one that no policy lets through yet is one too many, too.
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
