-- One published product.
select r.*, s.*, f.*, left(md5(r::text || s::text || f::text), 16) as _etag
  from catalog_product p, catalog_product_row(p) r, catalog_product_stars(p.id) s,
       catalog_product_flagships(p.id) f
 where p.id = :id
