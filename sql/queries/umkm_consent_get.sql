-- The consents of a UMKM's owner.
select r.*, r.version::text as _etag
  from umkm u
       left join umkm_consent c on c.id = u.id
       cross join umkm_consent_row(c) r
 where u.id = :id
   and u.deleted_at is null
