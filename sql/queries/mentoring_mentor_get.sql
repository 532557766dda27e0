-- A session's mentor, masked.
select r.*, r.version::text as _etag
  from mentoring_session s, mentoring_mentor_row(s) r
 where s.id = :id
   and s.deleted_at is null
