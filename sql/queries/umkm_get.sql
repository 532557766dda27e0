-- One UMKM.
select r.*, r.version::text as _etag
  from umkm u, umkm_row(u, :expand) r
 where u.id = :id
   and u.deleted_at is null
