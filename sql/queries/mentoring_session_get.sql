-- One mentoring session.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from mentoring_session s, mentoring_session_row(s, :expand) r
 where s.id = :id
   and s.deleted_at is null
