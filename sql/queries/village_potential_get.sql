-- One village potential.
select r.*, r.version::text as _etag
  from village_potential p, village_potential_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
