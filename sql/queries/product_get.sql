-- One product.
select r.*, r.version::text as _etag
  from product p, product_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
