-- One buyer.
select r.*, r.version::text as _etag
  from buyer b, buyer_row(b) r
 where b.id = :id
   and b.deleted_at is null
