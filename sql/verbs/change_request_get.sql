-- The last change request of a record, compared with the record's present values.
select q.*, x.version::text as _etag
  from :noun x, :noun_row(x) r, change_request_row(x.change_request, to_jsonb(x), r.allowed_actions) q
 where x.id = :id
   and x.deleted_at is null
