-- One published UMKM.
select r.*, left(md5(r::text), 16) as _etag
  from catalog_umkm u, catalog_umkm_row(u) r
 where u.id = :id
