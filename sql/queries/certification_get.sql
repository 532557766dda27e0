-- One certificate.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from certification c, certification_row(c, :expand) r
 where c.id = :id
   and c.deleted_at is null
