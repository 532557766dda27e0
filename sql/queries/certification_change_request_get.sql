-- The last change request of a certificate, against the record as it is.
select q.*, c.version::text as _etag
  from certification c, certification_row(c) r, change_request_row(c.change_request, to_jsonb(c), r.allowed_actions) q
 where c.id = :id
   and c.deleted_at is null
