-- Decides the open change request of a UMKM, or takes it back.
  with w as (
       update umkm u
          set change_request = change_decided('umkm', u.status, u.change_request, :action, :body.note)
        where u.id = :id
          and u.deleted_at is null
          and check_version(u.version, :if_match)
    returning u)
select r.*, r.version::text as _etag
  from w, umkm_row(w.u) r
