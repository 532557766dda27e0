-- A report as it was told, kept: what was quoted in a speech can be shown again unchanged. Never changed, never deleted.

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
  result text not null,          -- JSON, to the byte
  sha256 text not null,
  umkm_ids uuid[] not null,      -- whom it names: set by report_snapshot_names()
  created_at timestamptz(3) not null default now(),
  created_by uuid default claim_subject()
);

create index on report_snapshot (created_at, id);
create index on report_snapshot (report, created_at, id);

-- The UMKM that a result names, by their own ids or by those of what is theirs.
create function report_snapshot_names() returns trigger
language plpgsql as $$
declare
  named uuid[] := array(select m[1]::uuid
                          from regexp_matches(new.result, '"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"', 'g') m);
begin
  new.umkm_ids := array(select u.id from umkm u where u.id = any (named)
                         union
                        select p.umkm_id from product p where p.id = any (named) and p.umkm_id is not null
                         union
                        select c.holder_umkm_id from certification c where c.id = any (named) and c.holder_umkm_id is not null);
  return new;
end
$$;

create trigger names before insert on report_snapshot for each row execute function report_snapshot_names();

call force_policies('report_snapshot');
call audit_table('report_snapshot', 'report_snapshot', '{result}');
call restrict_processing('report_snapshot', 'umkm_ids');
call business_policy('report_snapshot', 'dinas', 'select', 'true');
call business_policy('report_snapshot', 'dinas', 'insert', null, 'true');
call business_policy('report_snapshot', 'bupati', 'select', 'true');
call business_policy('report_snapshot', 'bupati', 'insert', null, 'true');
call business_policy('report_snapshot', 'system', 'select', '(select claim_scope(''reports:read'')) and (select claim_district())');

-- A report as its own address tells it, to be kept.
create function report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date,
                               verified boolean)
returns table (as_of timestamptz, period_from date, period_to date, result text)
language sql stable as $$
  select r.as_of, r.period_from, r.period_to,
         json_build_object('report', r.report, 'as_of', utc_text(r.as_of), 'period_from', r.period_from, 'period_to', r.period_to,
                           'by', r.by, 'verified_only', r.verified_only, 'total', r.total, 'rows', r.rows,
                           'definitions', r.definitions)::text
    from report_result(name, counted_by, districts, villages, since, upto, verified) r
$$;

create function report_snapshot_row(s report_snapshot)
returns table (id uuid, report text, title text, as_of timestamptz, period_from date, period_to date, by text, district_code json,
  village_code json, verified_only boolean, sha256 text, created_at timestamptz, created_by uuid, result text)
language sql stable as $$
  select s.id, s.report, s.title, s.as_of, s.period_from, s.period_to, s.counted_by, to_json(s.district_codes),
         to_json(s.village_codes), s.verified_only, s.sha256, s.created_at, s.created_by, s.result
$$;

grant execute on function
  report_to_keep(text, text, text[], text[], date, date, boolean), report_snapshot_row(report_snapshot)
  to ovop_api;
