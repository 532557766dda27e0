-- One published product.
select r.*, s.*, left(md5(r::text || s::text), 16) as _etag
  from catalog_product p, catalog_product_row(p) r, catalog_product_stars(p.id) s
 where p.id = :id
