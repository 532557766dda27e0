-- Changes a production report. A verified one keeps its values, and a correction waits for
-- verification.
  with w as (
       update production_report p
          set (product_id, month, volume, unit, turnover_idr, workers_male, workers_female, reason)
              = (select n.product_id, n.month, n.volume, n.unit, n.turnover_idr, n.workers_male, n.workers_female, n.reason
                   from jsonb_populate_record(p, :body) n)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, production_report_row(w.p) r
