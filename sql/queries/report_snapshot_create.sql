-- Keeps a report with its present result.
  with w as (
       insert into report_snapshot as s (id, report, title, as_of, period_from, period_to, counted_by, district_codes,
                                         village_codes, verified_only, result, sha256)
       select coalesce(chosen_id(:body.id), uuid_v7()), :body.report, :body.title, t.as_of, t.period_from, t.period_to,
              coalesce(:body.by, 'district'), :body.district_code, :body.village_code, coalesce(:body.verified_only, true),
              t.result, encode(sha256(convert_to(t.result, 'UTF8')), 'hex')
         from report_to_keep(case
                               when :body.period_from > coalesce(:body.period_to, today())
                               then refuse('validation_failed', violation('/period_to', 'before_start'))::text
                               else :body.report
                             end,
                             coalesce(:body.by, 'district'), :body.district_code, :body.village_code, :body.period_from,
                             :body.period_to, coalesce(:body.verified_only, true)) t
    returning s)
select r.*, '/v1/report-snapshots/' || r.id as _location
  from w, report_snapshot_row(w.s) r
