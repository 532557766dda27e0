-- Targets: values of an indicator for a period. The Dinas proposes them, the Bupati's office
-- approves them.

-- An approved target keeps its values until the Bupati's office approves a change. The Bupati's
-- office may also withdraw its approval, with a note.
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

-- A target is for a village, for a kecamatan, or, if neither is named, for the whole district.
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
