-- One aspiration.
select r.*, r.version::text as _etag
  from aspiration a, aspiration_row(a, :expand) r
 where a.id = :id
   and a.deleted_at is null
