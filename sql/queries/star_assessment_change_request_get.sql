-- The last change request of a star assessment, against the record as it is.
select c.*, a.version::text as _etag
  from star_assessment a, star_assessment_row(a) r, change_request_row(a.change_request, to_jsonb(a), r.allowed_actions) c
 where a.id = :id
   and a.deleted_at is null
