-- One production report.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from production_report p, production_report_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
