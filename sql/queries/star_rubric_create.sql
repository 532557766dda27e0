-- Adds a rubric.
  with w as (
       insert into star_rubric as s (id, scheme, year, name, name_en, criteria, levels)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.scheme, :body.year, :body.name, :body.name_en, :body.criteria,
               :body.levels)
    returning s)
select r.*, r.version::text as _etag, '/v1/star-rubrics/' || r.id as _location
  from w, star_rubric_row(w.s) r
