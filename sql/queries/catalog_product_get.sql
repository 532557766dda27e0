-- One published product.
select r.*, left(md5(r::text), 16) as _etag
  from catalog_product p, catalog_product_row(p) r
 where p.id = :id
