-- Moves a certificate through its workflow.
  with w as (
       update certification c
          set status = workflow_target('certification', c.status, :action), status_note = :body.note
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, certification_row(w.c) r
