-- Moves a flagship through its workflow.
  with w as (
       update flagship f
          set status = workflow_target('flagship', f.status, :action), status_note = :body.note
        where f.id = :id
          and f.deleted_at is null
          and check_version(f.version, :if_match)
    returning f)
select r.*, r.version::text as _etag
  from w, flagship_row(w.f) r
