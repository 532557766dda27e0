-- Report snapshots: a report that was quoted can be shown again unchanged. Rows are never changed
-- or deleted.

create table report_snapshot (
  id uuid not null default uuid_v7() constraint report_snapshot_id__unique primary key,
  report text not null,
  title text not null,
  as_of timestamptz(3),
  period_from date not null,
  period_to date not null,
  counted_by text not null,
  district_codes text[],
  village_codes text[],
  verified_only boolean not null,
  result text not null,          -- the JSON reply, byte for byte
  sha256 text not null,
  umkm_ids uuid[] not null,      -- the UMKM that it names, set by report_snapshot_names()
  created_at timestamptz(3) not null default now(),
  created_by uuid default claim_subject()
);

create index on report_snapshot (created_at, id);
create index on report_snapshot (report, created_at, id);

call force_policies('report_snapshot');

call restrict_processing('report_snapshot', 'umkm_ids');

call business_policy('report_snapshot', 'dinas', 'select', 'true');
call business_policy('report_snapshot', 'dinas', 'insert', null, 'true');
call business_policy('report_snapshot', 'bupati', 'select', 'true');
call business_policy('report_snapshot', 'bupati', 'insert', null, 'true');
call business_policy('report_snapshot', 'system', 'select', '(select claim_scope(''reports:read'')) and (select claim_district())');

-- Callers cannot set who kept a report, or when.
revoke insert on report_snapshot from ovop_dinas, ovop_bupati;

grant insert (id, report, title, as_of, period_from, period_to, counted_by, district_codes, village_codes, verified_only, result, sha256)
   on report_snapshot to ovop_dinas, ovop_bupati;
