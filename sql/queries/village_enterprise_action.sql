-- Moves a village enterprise through its workflow.
  with w as (
       update village_enterprise e
          set status = workflow_target('village_enterprise', e.status, :action), status_note = :body.note
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag
  from w, village_enterprise_row(w.e) r
