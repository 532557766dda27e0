-- The last change request of a flagship, against the record as it is.
select c.*, f.version::text as _etag
  from flagship f, flagship_row(f) r, change_request_row(f.change_request, to_jsonb(f), r.allowed_actions) c
 where f.id = :id
   and f.deleted_at is null
