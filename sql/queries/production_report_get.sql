-- One production report.
select r.*, r.version::text as _etag
  from production_report p, production_report_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
