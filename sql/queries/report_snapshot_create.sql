-- Keeps a report as it is told now.
  with told as (
       select r.*, json_build_object('report', r.report, 'as_of', utc_text(r.as_of), 'period_from', r.period_from,
                                     'period_to', r.period_to, 'by', r.by, 'verified_only', r.verified_only, 'total', r.total,
                                     'rows', r.rows, 'definitions', r.definitions)::text as result
         from report_result(case
                              when :body.period_from > coalesce(:body.period_to, today())
                              then refuse('validation_failed', violation('/period_to', 'before_start'))::text
                              else :body.report
                            end,
                            coalesce(:body.by, 'district'), :body.district_code, :body.village_code, :body.period_from,
                            :body.period_to, coalesce(:body.verified_only, true)) r),
       w as (
       insert into report_snapshot as s (id, report, title, as_of, period_from, period_to, counted_by, district_codes,
                                         village_codes, verified_only, result, sha256)
       select coalesce(:body.id, uuid_v7()), t.report, :body.title, t.as_of, t.period_from, t.period_to, t.by,
              :body.district_code, :body.village_code, t.verified_only, t.result,
              encode(sha256(convert_to(t.result, 'UTF8')), 'hex')
         from told t
    returning s)
select r.*, '/v1/report-snapshots/' || r.id as _location
  from w, report_snapshot_row(w.s) r
