-- One flagship.
select r.*, r.version::text as _etag
  from flagship f, flagship_row(f, :expand) r
 where f.id = :id
   and f.deleted_at is null
