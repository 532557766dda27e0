-- Moves an outcome through its workflow.
  with w as (
       update outcome o
          set status = workflow_target('outcome', o.status, :action), status_note = :body.note
        where o.id = :id
          and o.deleted_at is null
          and check_version(o.version, :if_match)
    returning o)
select r.*, r.version::text as _etag
  from w, outcome_row(w.o) r
