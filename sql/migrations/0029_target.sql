-- Targets: how much of what is to be reached by when, proposed by the Dinas and approved by the Bupati's office.

-- What is approved stays what it was approved as until the Bupati's office approves the change of it, too; it may also take its
-- approval back, with a note.
insert into workflow values ('target', 'proposed');

insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note,
                                 change_request)
values ('target',  1, 'update',          'proposed', 'proposed', false, false, false, null),
       ('target',  2, 'approve',         'proposed', 'approved', true,  true,  false, null),
       ('target',  3, 'reject',          'proposed', 'rejected', true,  false, true,  null),
       ('target',  4, 'reopen',          'rejected', 'proposed', false, false, true,  null),
       ('target',  4, 'reopen',          'approved', 'proposed', true,  false, true,  null),
       ('target', 10, 'delete',          'proposed', null,       false, false, false, null),
       ('target',  1, 'update',          'approved', 'approved', false, false, false, 'opens'),
       ('target', 11, 'verify_change',   'approved', 'approved', true,  true,  false, 'closes'),
       ('target', 12, 'reject_change',   'approved', 'approved', true,  false, true,  'closes'),
       ('target', 13, 'withdraw_change', 'approved', 'approved', false, false, false, 'closes');

-- Of a village, of a kecamatan, or, where neither is named, of the whole district.
create table target (
  indicator text not null,
  period_from date not null,
  period_to date not null constraint target_period_to__before_start check (period_to >= period_from),
  value numeric not null,
  note text,
  village_code text constraint target_village_code__exists references village (code),
  district_code text constraint target_district_code__exists references district (code),
  area_code text generated always as (coalesce(left(village_code, 8), district_code)) stored,
  constraint target_district_code__one_area check (num_nonnulls(village_code, district_code) < 2)
);

call business_table('target', district_wide => true, workflow => 'target', writers => '{dinas}', deciders => '{bupati}');

create unique index target_indicator__unique on target (indicator, period_from, period_to, village_code, district_code)
  nulls not distinct where deleted_at is null;
create index on target (period_from, id) where deleted_at is null;
create index on target (updated_at, id) where deleted_at is null;
create index on target (indicator, period_from, id) where deleted_at is null;
create index on target (status, period_from, id) where deleted_at is null;
create index on target (village_code, period_from, id) where deleted_at is null;
create index on target (area_code, period_from, id) where deleted_at is null;
create index on target (period_from, id) where (change_request).status = 'open' and deleted_at is null;

create function target_violations(t target) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(t.village_code) where t.village_code is not null
             union all
            values
        ('/indicator', 'exists', not exists (select from reference r where r.list = 'indicators' and r.code = t.indicator)),
        ('/district_code', 'exists', t.district_code is not null
           and not exists (select from district d where d.code = t.district_code)),
        ('/district_code', 'one_area', num_nonnulls(t.village_code, t.district_code) = 2),
        ('/period_to', 'before_start', t.period_to < t.period_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on target for each row execute function refuse_violations();

create function target_row(t target, expand text[] default null)
returns table (id uuid, indicator text, indicator_name_id text, indicator_name_en text, unit text, period_from date,
  period_to date, value text, note text, village_code text, district_code text, village json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select t.id, t.indicator, i.name_id, i.name_en, i.unit, t.period_from, t.period_to, t.value::text, t.note, t.village_code,
         t.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(t.village_code) b) end,
         t.status, t.status_note, c.brief, a.allowed_actions, t.version, t.source, t.created_at, t.created_by, t.updated_at,
         t.updated_by, t.verified_at, t.verified_by
    from change_request_brief(t.change_request) c,
         allowed_actions('target', t.status, t.writers, t.village_code, t.change_request) a
         left join reference i on i.list = 'indicators' and i.code = t.indicator and i.edition is null
$$;

grant execute on function target_violations(target), target_row(target, text[]) to ovop_api;
