-- One published product.
select r.*
  from catalog_product p, catalog_product_row(p) r
 where p.id = :id
