-- A buyer's contact, masked.
select r.*, r.version::text as _etag
  from buyer b, buyer_contact_row(b) r
 where b.id = :id
   and b.deleted_at is null
