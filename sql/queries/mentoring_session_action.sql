-- Says that a session was held, or calls it off.
  with w as (
       update mentoring_session s
          set status = workflow_target('mentoring_session', s.status, :action), status_note = :body.note
        where s.id = :id
          and s.deleted_at is null
          and check_version(s.version, :if_match)
    returning s)
select r.*, r.version::text as _etag
  from w, mentoring_session_row(w.s) r
