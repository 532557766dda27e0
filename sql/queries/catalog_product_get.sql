-- One published product.
select r.*, s.*, c.*, f.*, left(md5(r::text || s::text || c::text || f::text), 16) as _etag
  from catalog_product p, catalog_product_row(p) r, catalog_product_stars(p.id) s,
       catalog_certificates(r.producer_id, array[r.id]) c, catalog_product_flagships(p.id) f
 where p.id = :id
