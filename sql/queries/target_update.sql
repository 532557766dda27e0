-- Changes a proposal. An approved target keeps its values, and a change request opens.
  with w as (
       update target t
          set (indicator, period_from, period_to, value, note, village_code, district_code)
              = (select n.indicator, n.period_from, n.period_to, n.value, n.note, n.village_code, n.district_code
                   from jsonb_populate_record(t, :body) n)
        where t.id = :id
          and t.deleted_at is null
          and check_version(t.version, :if_match)
    returning t)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, target_row(w.t) r
