-- One product.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from product p, product_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
