-- One rubric.
select r.*, r.version::text as _etag
  from star_rubric s, star_rubric_row(s) r
 where s.id = :id
