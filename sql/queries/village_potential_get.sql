-- One village potential.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from village_potential p, village_potential_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
