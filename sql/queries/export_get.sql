-- One export.
select r.*, r.version::text as _etag
  from export e, export_row(e) r
 where e.id = :id
   and e.deleted_at is null
