-- The last change request of a target, against the record as it is.
select c.*, t.version::text as _etag
  from target t, target_row(t) r, change_request_row(t.change_request, to_jsonb(t), r.allowed_actions) c
 where t.id = :id
   and t.deleted_at is null
