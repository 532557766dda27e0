-- Monthly reports of a UMKM's production and turnover: the measure of income. A verified figure may
-- have been quoted. It stays until its correction is verified, and the report keeps the old value.

insert into workflow values ('reported', 'draft');

-- Like `verified`, but a verified figure changes only by a correction. An archived report is
-- withdrawn for good, with a note. Another report may then take its month.
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note,
                                 change_request)
select 'reported', t.position, t.action, t.from_status, t.to_status, t.decides, t.verifies, t.needs_note or t.action = 'archive',
       t.change_request
  from workflow_transition t
 where t.workflow = 'verified' and (t.action, t.from_status) not in (('request_revision', 'verified'), ('reopen', 'archived'))
    or t.workflow = 'published' and t.from_status = 'verified' and t.change_request is not null;

-- A report stays with the village where the UMKM was, because the money was earned there.
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
  -- The reason for a correction, while it waits.
  reason text,
  -- The verified corrections: patch is member -> [old, new], note is the reason.
  corrections change_request[] not null default '{}',
  village_code text not null constraint production_report_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  workers_total integer generated always as (workers_male + workers_female) stored
);

call business_table('production_report', write_scope => 'production:write', workflow => 'reported');

-- Frequent vacuum lets reports use index-only scans of the next index.
alter table production_report set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

create unique index production_report_month__unique on production_report (umkm_id, month)
       include (turnover_idr, workers_total, status, village_code)  -- the columns that reports read
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
