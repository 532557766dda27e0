-- Decides the open change request of a flagship, or takes it back.
  with w as (
       update flagship f
          set change_request = change_decided('flagship', f.status, f.change_request, :action, :body.note)
        where f.id = :id
          and f.deleted_at is null
          and check_version(f.version, :if_match)
    returning f)
select r.*, r.version::text as _etag
  from w, flagship_row(w.f) r
