-- One visit.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from visit v, visit_row(v, :expand) r
 where v.id = :id
   and v.deleted_at is null
