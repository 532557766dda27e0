-- One published UMKM.
select r.*
  from catalog_umkm u, catalog_umkm_row(u) r
 where u.id = :id
