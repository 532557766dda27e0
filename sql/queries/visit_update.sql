-- Changes a planned visit, or the results of one that is done.
  with w as (
       update visit v
          set (visited_on, place, purpose, led_by, summary, village_code, villages)
              = (select n.visited_on, n.place, n.purpose, n.led_by, n.summary, n.village_code, n.villages
                   from jsonb_populate_record(v, :body) n)
        where v.id = :id
          and v.deleted_at is null
          and check_version(v.version, :if_match)
    returning v)
select r.*, r.version::text as _etag
  from w, visit_row(w.v) r
