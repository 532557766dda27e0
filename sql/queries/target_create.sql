-- Proposes a target.
  with w as (
       insert into target as t (id, indicator, period_from, period_to, value, note, village_code, district_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.indicator, :body.period_from, :body.period_to, :body.value::numeric,
               :body.note, :body.village_code, :body.district_code)
    returning t)
select r.*, r.version::text as _etag, '/v1/targets/' || r.id as _location
  from w, target_row(w.t) r
