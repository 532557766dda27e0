-- Where anybody reads a published product.
select '/v1/catalog/products/' || p.id || '?format=html' as target
  from catalog_product p
 where p.id = :id::uuid
