-- Says that a visit took place, or calls it off.
  with w as (
       update visit v
          set status = workflow_target('visit', v.status, :action), status_note = :body.note
        where v.id = :id
          and v.deleted_at is null
          and check_version(v.version, :if_match)
    returning v)
select r.*, r.version::text as _etag
  from w, visit_row(w.v) r
