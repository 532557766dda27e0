-- The last change request of a village enterprise, against the record as it is.
select c.*, e.version::text as _etag
  from village_enterprise e, village_enterprise_row(e) r, change_request_row(e.change_request, to_jsonb(e), r.allowed_actions) c
 where e.id = :id
   and e.deleted_at is null
