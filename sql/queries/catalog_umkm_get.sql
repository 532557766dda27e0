-- One published UMKM.
select r.*, c.*, left(md5(r::text || c::text), 16) as _etag
  from catalog_umkm u, catalog_umkm_row(u) r, catalog_umkm_certificates(r.id) c
 where u.id = :id
