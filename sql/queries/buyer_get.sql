-- One buyer.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from buyer b, buyer_row(b) r
 where b.id = :id
   and b.deleted_at is null
