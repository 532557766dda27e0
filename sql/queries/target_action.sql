-- Moves a target through its workflow.
  with w as (
       update target t
          set status = workflow_target('target', t.status, :action), status_note = :body.note
        where t.id = :id
          and t.deleted_at is null
          and check_version(t.version, :if_match)
    returning t)
select r.*, r.version::text as _etag
  from w, target_row(w.t) r
