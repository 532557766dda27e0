-- Moves a UMKM through its workflow.
  with w as (
       update umkm u
          set status = workflow_target('umkm', u.status, :action), status_note = :body.note
        where u.id = :id
          and u.deleted_at is null
          and check_version(u.version, :if_match)
    returning u)
select r.*, r.version::text as _etag
  from w, umkm_row(w.u) r
