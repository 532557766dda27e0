-- Plans a visit.
  with w as (
       insert into visit as v (id, visited_on, place, purpose, led_by, summary, village_code, villages)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.visited_on, :body.place, :body.purpose, :body.led_by, :body.summary,
               :body.village_code, coalesce(:body.villages, array[:body.village_code]))
    returning v)
select r.*, r.version::text as _etag, '/v1/visits/' || r.id as _location
  from w, visit_row(w.v) r
