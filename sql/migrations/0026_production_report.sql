-- Monthly reports of what a UMKM made and took in: the measure of income. A figure that was verified may have been quoted: it
-- stands until its correction has been verified, too, and the old value stays with the report.

insert into workflow values ('reported', 'draft');

-- As `verified`, but whatever would let a verified figure vanish without a trace is left to corrections: an archived report is
-- withdrawn for good, with a note, and makes room for another one of its month.
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note,
                                 change_request)
select 'reported', t.position, t.action, t.from_status, t.to_status, t.decides, t.verifies, t.needs_note or t.action = 'archive',
       t.change_request
  from workflow_transition t
 where t.workflow = 'verified' and (t.action, t.from_status) not in (('request_revision', 'verified'), ('reopen', 'archived'))
    or t.workflow = 'published' and t.from_status = 'verified' and t.change_request is not null;

-- A report stays with the village where the UMKM was: there the money was earned.
create table production_report (
  umkm_id uuid not null constraint production_report_umkm_id__exists references umkm (id),
  product_id uuid constraint production_report_product_id__exists references product (id),
  month text not null constraint production_report_month__pattern check (month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
  volume numeric constraint production_report_volume__range check (volume >= 0),
  unit text constraint production_report_unit__enum
    check (unit in ('kg', 'g', 'l', 'ml', 'm', 'piece', 'pack', 'bottle', 'jar', 'box', 'set', 'sheet', 'head', 'visit',
                    'other')),
  turnover_idr bigint constraint production_report_turnover_idr__range check (turnover_idr >= 0),
  workers_male integer constraint production_report_workers_male__range check (workers_male >= 0),
  workers_female integer constraint production_report_workers_female__range check (workers_female >= 0),
  reason text,                                         -- why a correction is asked for, as long as it waits
  corrections change_request[] not null default '{}',  -- those that were verified: patch is member -> [old, new], note the reason
  village_code text not null constraint production_report_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  workers_total integer generated always as (workers_male + workers_female) stored
);

call business_table('production_report', write_scope => 'production:write', workflow => 'reported');

-- Reports scan the next index only, as far as the table was vacuumed.
alter table production_report set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

create unique index production_report_month__unique on production_report (umkm_id, month)
       include (turnover_idr, workers_total, status, village_code)  -- what reports read of it
 where deleted_at is null and status <> 'archived';
create index on production_report (month, id) where deleted_at is null;
create index on production_report (updated_at, id) where deleted_at is null;
create index on production_report (village_code, month, id) where deleted_at is null;
create index on production_report (district_code, month, id) where deleted_at is null;
create index on production_report (village_code, verified_at) where deleted_at is null;
create index on production_report (status, month, id) where deleted_at is null;
create index on production_report (umkm_id, month, id) where deleted_at is null;
create index on production_report (product_id, month, id) where deleted_at is null;
create index on production_report (month, id) where (change_request).status = 'open' and deleted_at is null;
create index on production_report (updated_at, id) where (change_request).status = 'open' and deleted_at is null;

call restrict_processing('production_report', 'umkm_id');

-- The village of a UMKM that the caller may report for, also for a system that may not read the register; to a system a
-- restricted UMKM does not exist.
create function reporting_village(umkm_id uuid) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select u.village_code
            from umkm u
           where u.id = umkm_id
             and u.deleted_at is null
             and (claim_role() is null or in_scope(u.village_code))
             and (claim_role() is distinct from 'system' or u.id <> all (umkm_restricted())));
end
$$;

-- A correction says why. Once it is verified the report keeps what it corrected.
create function production_report_correct() returns trigger
language plpgsql as $$
declare
  was   change_request := old.change_request;
  asked change_request := new.change_request;
begin
  if asked.status = 'open' and asked.id is distinct from was.id then
    if asked.patch - 'reason' = '{}' then
      return old;
    end if;
    if not asked.patch ? 'reason' then
      perform refuse('validation_failed', violation('/reason', 'required'));
    end if;
  elsif asked.status = 'verified' and was.status = 'open' then
    asked.note := was.patch ->> 'reason';
    asked.patch := (select jsonb_object_agg(p.key, jsonb_build_array(to_jsonb(old) -> p.key, p.value))
                      from jsonb_each(was.patch - 'reason') p);
    new.corrections := old.corrections || asked;
  end if;
  new.reason := null;
  return new;
end
$$;

-- After the workflow: triggers run in the order of their names.
create trigger correction before update on production_report for each row execute function production_report_correct();

create function production_report_violations(r production_report) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', r.version = 1  -- it may move away later
           and (reporting_village(r.umkm_id) = r.village_code) is not true),
        ('/product_id', 'exists', r.product_id is not null
           and not exists (select from export_products(array[r.product_id]) p where p.umkm_id = r.umkm_id)),
        ('/month', 'future', r.month > to_char(today(), 'YYYY-MM')),
        ('/unit', 'together', (r.volume is null) <> (r.unit is null)),
        ('/turnover_idr', 'required', num_nonnulls(r.volume, r.turnover_idr, r.workers_male, r.workers_female) = 0),
        ('/corrections', 'range', cardinality(r.corrections) >= 100 and (r.change_request).status = 'open')
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on production_report
   for each row execute function refuse_violations();

-- Who reported, and what was reported on, stays.
create trigger in_use_production_report before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('production_report', 'umkm_id');
create trigger in_use_production_report before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('production_report', 'product_id');

-- What is likely a mistake but may be right: a zero too many shows against the report before.
create function production_report_warnings(r production_report) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/turnover_idr', 'turnover_jump', (select r.turnover_idr not between b.turnover_idr / 10 and b.turnover_idr * 10
                                            from production_report b
                                           where b.umkm_id = r.umkm_id
                                             and b.month < r.month
                                             and b.turnover_idr > 0
                                             and b.status not in ('rejected', 'archived')
                                             and b.deleted_at is null
                                           order by b.month desc
                                           limit 1)),
      ('/unit', 'unit_differs', exists (select from product p where p.id = r.product_id and p.unit <> r.unit))
    ) as rule (pointer, code, doubtful)
$$;

create function production_report_row(r production_report, expand text[] default null)
returns table (id uuid, umkm_id uuid, product_id uuid, month text, volume text, unit text, turnover_idr bigint,
  workers_male integer, workers_female integer, workers_total integer, corrections json, village_code text, district_code text,
  umkm json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz,
  verified_by uuid)
language sql stable as $$
  select r.id, r.umkm_id, r.product_id, r.month, r.volume::text, r.unit, r.turnover_idr, r.workers_male, r.workers_female,
         r.workers_total,
         (select coalesce(json_agg(json_build_object(
                            'id', c.id, 'reason', c.note,
                            'changes', (select json_agg(json_build_object('member', m.key, 'old', m.value ->> 0,
                                                                          'new', m.value ->> 1) order by m.key)
                                          from jsonb_each(c.patch) m),
                            'requested_at', utc_text(c.requested_at), 'requested_by', c.requested_by,
                            'verified_at', utc_text(c.decided_at), 'verified_by', c.decided_by) order by c.position), '[]')
            from unnest(r.corrections) with ordinality c (id, status, patch, note, requested_at, requested_by, decided_at,
                                                          decided_by, position)),
         r.village_code, r.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(r.umkm_id) b) end,
         w.warnings, r.status, r.status_note, c.brief, a.allowed_actions, r.version, r.source, r.created_at, r.created_by,
         r.updated_at, r.updated_by, r.verified_at, r.verified_by
    from production_report_warnings(r) w, change_request_brief(r.change_request) c,
         allowed_actions('production_report', r.status, r.writers, r.village_code, r.change_request) a
$$;

grant execute on function
  reporting_village(uuid), production_report_violations(production_report), production_report_warnings(production_report),
  production_report_row(production_report, text[])
  to ovop_api;
