-- The public URL of a published product's passport.
select '/v1/catalog/products/' || p.id || '/passport?format=html' as target
  from catalog_product p
 where p.id = :id::uuid
