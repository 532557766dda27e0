-- A UMKM's owner, masked.
select r.*, r.version::text as _etag
  from umkm u
       left join umkm_owner o on o.id = u.id
       left join umkm_consent c on c.id = u.id
       cross join umkm_owner_row(o, c) r
 where u.id = :id
   and u.deleted_at is null
