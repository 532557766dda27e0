-- Moves a star assessment through its workflow.
  with w as (
       update star_assessment a
          set status = workflow_target('star_assessment', a.status, :action), status_note = :body.note
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag
  from w, star_assessment_row(w.a) r
