-- One aspiration.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from aspiration a, aspiration_row(a, :expand) r
 where a.id = :id
   and a.deleted_at is null
