-- One village enterprise.
select r.*, r.version::text as _etag
  from village_enterprise e, village_enterprise_row(e, :expand) r
 where e.id = :id
   and e.deleted_at is null
