-- One visit.
select r.*, r.version::text as _etag
  from visit v, visit_row(v, :expand) r
 where v.id = :id
   and v.deleted_at is null
