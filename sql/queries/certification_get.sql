-- One certificate.
select r.*, r.version::text as _etag
  from certification c, certification_row(c, :expand) r
 where c.id = :id
   and c.deleted_at is null
