-- Moves a production report through its workflow.
  with w as (
       update production_report p
          set status = workflow_target('production_report', p.status, :action), status_note = :body.note
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, production_report_row(w.p) r
