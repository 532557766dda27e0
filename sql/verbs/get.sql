-- One record.
select r.*, r.version::text as _etag
  from :noun x, :row r
 where x.id = :id
   and x.deleted_at is null
