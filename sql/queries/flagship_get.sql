-- One flagship.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from flagship f, flagship_row(f, :expand) r
 where f.id = :id
   and f.deleted_at is null
