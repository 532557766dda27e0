-- The last change request of a production report, against the record as it is.
select c.*, p.version::text as _etag
  from production_report p, production_report_row(p) r,
       change_request_row(p.change_request, to_jsonb(p), r.allowed_actions) c
 where p.id = :id
   and p.deleted_at is null
