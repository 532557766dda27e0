-- One star assessment.
select r.*, r.version::text as _etag
  from star_assessment a, star_assessment_row(a, :expand) r
 where a.id = :id
   and a.deleted_at is null
