-- Moves a record through its workflow.
  with w as (
       update :noun x
          set status = workflow_target(':noun', x.status, :action), status_note = :body.note
        where x.id = :id
          and x.deleted_at is null
          and check_version(x.version, :if_match)
    returning x)
select r.*, r.version::text as _etag
  from w, :noun_row(w.x) r
