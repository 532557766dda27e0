-- One mentoring session.
select r.*, r.version::text as _etag
  from mentoring_session s, mentoring_session_row(s, :expand) r
 where s.id = :id
   and s.deleted_at is null
