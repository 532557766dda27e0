-- Compares PostgreSQL's answers with rules about who may do what to the rows of each business
-- table. pg_prove runs it in a migrated database (test_policies.py). The rules are written by hand
-- from the requirements, and no statement here reads a policy. Triggers and constraints are
-- removed, so that only grants and row-level security decide.

\ir callers.sql

-- For each table: the roles that insert and update (no role deletes); the scope that a system needs
-- to write; whether villages share a record (shared); whether a record may belong to the district
-- (wide); whether the public reads published records; whether it is a part of another record, which
-- no report reads (part).
create temp table rule (name text, inserts text, updates text, scope text, shared boolean, wide boolean, public boolean,
  part boolean);
insert into rule values
  ('village_enterprise',    'bumdes dinas system', 'bumdes dinas system', 'register:write',   true,  false, true,  false),
  ('umkm',                  'bumdes dinas system', 'bumdes dinas system', 'register:write',   false, false, true,  false),
  ('umkm_owner',            'bumdes dinas system', 'bumdes dinas system', 'register:write',   false, false, false, true),
  ('umkm_consent',          'bumdes dinas system', 'bumdes dinas system', 'register:write',   false, false, false, true),
  ('product',               'bumdes dinas system', 'bumdes dinas system', 'register:write',   true,  false, true,  false),
  ('certification',         'bumdes dinas system', 'bumdes dinas system', 'register:write',   true,  false, true,  false),
  ('village_potential',     'bumdes dinas system', 'bumdes dinas system', 'register:write',   false, false, true,  false),
  ('flagship',              'dinas',               'dinas',               null,               false, false, true,  false),
  ('star_assessment',       'dinas',               'dinas',               null,               true,  false, true,  false),
  ('training_program',      'dinas',               'dinas',               null,               false, true,  false, false),
  ('mentoring_session',     'dinas',               'dinas',               null,               true,  false, false, false),
  ('mentoring_participant', 'bumdes dinas',        'bumdes dinas',        null,               false, false, false, false),
  ('mentoring_action_item', 'dinas',               'dinas',               null,               false, false, false, false),
  ('outcome',               'dinas',               'dinas',               null,               false, false, false, false),
  ('production_report',     'bumdes dinas system', 'bumdes dinas system', 'production:write', false, false, false, false),
  ('buyer',                 'bumdes dinas system', 'bumdes dinas system', 'exports:write',    false, false, false, false),
  ('export',                'bumdes dinas system', 'bumdes dinas system', 'exports:write',    false, false, false, false),
  ('visit',                 'bupati',              'bupati dinas',        null,               true,  false, false, false),
  ('aspiration',            'bupati',              'bupati dinas',        null,               false, false, false, false),
  ('commitment',            'bupati',              'bupati dinas bumdes', null,               false, false, false, false),
  ('commitment_progress',   'dinas',               'dinas',               null,               false, false, false, false),
  ('target',                'dinas',               'dinas bupati',        null,               false, true,  false, false),
  ('data_subject_request',  'bumdes dinas',        'bumdes dinas',        null,               false, false, false, false);

create temp table whole as select name from rule;
\if :{?only}
delete from rule where name <> :'only';
\endif

-- Sample rows: the leading village, all villages, the status. The row `published` belongs to
-- another village and is in the catalogue.
create temp table sample (kind text, id uuid, lead text, villages text[], status text);
insert into sample values
  ('own',       '00000000-0000-4000-8000-000000000001', '35.05.17.2009', '{35.05.17.2009}',               'draft'),
  ('other',     '00000000-0000-4000-8000-000000000002', '35.05.07.2011', '{35.05.07.2011}',               'draft'),
  ('published', '00000000-0000-4000-8000-000000000003', '35.05.07.2011', '{35.05.07.2011}',               'published'),
  ('shared',    '00000000-0000-4000-8000-000000000004', '35.05.07.2011', '{35.05.07.2011,35.05.17.2009}', 'draft'),
  ('wide',      '00000000-0000-4000-8000-000000000005', null,            '{}',                            'draft');

-- Remove triggers and constraints. The transaction never commits.
alter table export alter umkm_ids set default '{}';
grant select (id) on flagship to ovop_public;  -- the service reads it by village, this test by id
set local session_replication_role = replica;
select pg_temp.put_aside('cux', '{id,version}');

create function pg_temp.has(name text, member text) returns boolean language sql as $$
  select exists (select from pg_attribute where attrelid = name::regclass and attname = member)
$$;

create function pg_temp.insertion(r rule, s sample, id uuid) returns text language sql as $$
  select format('insert into %I (id, village_code%s%s) values (%L, %L%s%s)', r.name,
                case when r.shared then ', villages' end, case when pg_temp.has(r.name, 'status') then ', status' end,
                id, s.lead,
                case when r.shared then format(', %L', s.villages) end,
                case when pg_temp.has(r.name, 'status') then format(', %L', s.status) end)
$$;

-- Whether a table can hold a row of this kind.
create function pg_temp.fits(r rule, s sample) returns boolean language sql as $$
  select case s.kind when 'shared' then r.shared when 'wide' then r.wide when 'published' then pg_temp.has(r.name, 'status')
           else true end
$$;

do $$
declare
  one record;
begin
  for one in select pg_temp.insertion(r, s, s.id) as sql from rule r, sample s where pg_temp.fits(r, s) loop
    execute one.sql;
  end loop;
end
$$;

-- The expected results. A system reads with register:read, with the scope by which it writes, and,
-- except for parts, with reports:read.
create function pg_temp.sees(c caller, r rule, s sample) returns boolean language sql as $$
  select case
           when pg_temp.role_of(c) = 'system' and not coalesce(
                  c.scope like 'register:read%' or c.scope = 'reports:read' and not r.part
                  or c.scope = coalesce(r.scope, 'register:write'), false) then false
           when c.reach = 'all' then true
           when s.kind = 'wide' then true
           when c.villages = 'own' then s.kind in ('own', 'shared')
           else false
         end
$$;

create function pg_temp.may(c caller, r rule, verb text) returns boolean language sql as $$
  select pg_temp.role_of(c) = any (string_to_array(case verb when 'insert' then r.inserts else r.updates end, ' '))
$$;

-- Whether the written row is in the caller's own scope.
create function pg_temp.leads(c caller, r rule, lead text) returns boolean language sql as $$
  select case
           when pg_temp.role_of(c) = 'system' and c.scope is distinct from r.scope then false
           when c.reach = 'all' then true
           else coalesce(c.villages = 'own' and lead = '35.05.17.2009', false)
         end
$$;

create function pg_temp.right_select(c caller, r rule, s sample) returns text language sql as $$
  select case
           when c.reach = 'none' or c.reach = 'public' and not r.public then '42501'
           when c.reach = 'public' then case s.status when 'published' then '1' else '0' end
           when pg_temp.sees(c, r, s) then '1'
           else '0'
         end
$$;

create function pg_temp.right_update(c caller, r rule, s sample, lead text) returns text language sql as $$
  select case
           when not pg_temp.may(c, r, 'update') then '42501'
           when not pg_temp.sees(c, r, s) or pg_temp.role_of(c) = 'system' and c.scope is distinct from r.scope then '0'
           when pg_temp.leads(c, r, lead) then '1'
           else '42501'
         end
$$;

select * from no_plan();

select is(pg_temp.outcome(c, format('select from %I where id = %L', r.name, s.id)), pg_temp.right_select(c, r, s),
          format('%s selects %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where pg_temp.fits(r, s);

select is(pg_temp.outcome(c, pg_temp.insertion(r, s, gen_random_uuid())),
          case when pg_temp.may(c, r, 'insert') and pg_temp.leads(c, r, s.lead) then '1' else '42501' end,
          format('%s inserts %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where pg_temp.fits(r, s) and s.kind <> 'published';

select is(pg_temp.outcome(c, format('update %I set source = source where id = %L', r.name, s.id)),
          pg_temp.right_update(c, r, s, s.lead), format('%s updates %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where pg_temp.fits(r, s) and s.kind <> 'published';

select is(pg_temp.outcome(c, format('delete from %I where id = %L', r.name, s.id)), '42501',
          format('%s deletes %s %s', c.name, s.kind, r.name))
  from caller c, rule r, sample s
 where s.kind = 'own';

-- A caller moves no record of the own village to another one, and none of another village to the
-- own one.
select is(pg_temp.outcome(c, format('update %I set village_code = %L%s where id = %L', r.name, t.lead,
                                    case when r.shared then format(', villages = %L', t.villages) end, s.id)),
          pg_temp.right_update(c, r, s, t.lead), format('%s moves %s %s to %s', c.name, s.kind, r.name, t.kind))
  from caller c, rule r, sample s, sample t
 where s.kind in ('own', 'other') and t.kind in ('own', 'other') and s.kind <> t.kind;

-- The list of tables is complete, and the conditions hold on which the policies depend.
select bag_eq('select name from business', 'select name from whole', 'the rules name every business table');
select is_empty(
  $$ select r.name from rule r join pg_class c on c.oid = r.name::regclass
      where not (c.relrowsecurity and c.relforcerowsecurity) $$, 'every business table forces its policies');
select is_empty(
  $$ select r.rolname from pg_roles r where r.rolname in (select role from caller)
        and (r.rolbypassrls or r.rolsuper
             or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)) $$,
  'no role of the service owns a table or bypasses the policies');
select is_empty(
  $$ select r.name, p.rolname from rule r, pg_roles p where p.rolname like 'ovop\_%'
        and (has_table_privilege(p.oid, r.name, 'truncate') or has_table_privilege(p.oid, r.name, 'references')
             or has_table_privilege(p.oid, r.name, 'trigger')) $$, 'no role may truncate, reference or add a trigger to a business table');
select * from finish();
rollback;
