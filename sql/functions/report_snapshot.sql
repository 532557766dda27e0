-- Report snapshots: results kept as they were quoted.

-- Sets umkm_ids: the UMKM that the result names by their own ids, or by ids of their products or
-- certificates.
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
                        select c.umkm_id from certification c where c.id = any (named) and c.umkm_id is not null);
  return new;
end
$$;

create trigger names before insert on report_snapshot for each row execute function report_snapshot_names();

call audit_table('report_snapshot', 'report_snapshot', '{result}');

create function report_snapshot_row(s report_snapshot)
returns table (id uuid, report text, title text, as_of timestamptz, period_from date, period_to date, by text, district_code json,
  village_code json, verified_only boolean, sha256 text, created_at timestamptz, created_by uuid, result text)
language sql stable as $$
  select s.id, s.report, s.title, s.as_of, s.period_from, s.period_to, s.counted_by, to_json(s.district_codes),
         to_json(s.village_codes), s.verified_only, s.sha256, s.created_at, s.created_by, s.result
$$;

grant execute on function
  report_snapshot_row(report_snapshot)
  to ovop_api;
