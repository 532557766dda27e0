-- The last change request of a UMKM, against the record as it is.
select c.*, u.version::text as _etag
  from umkm u, umkm_row(u) r, change_request_row(u.change_request, to_jsonb(u), r.allowed_actions) c
 where u.id = :id
   and u.deleted_at is null
