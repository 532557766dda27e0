-- All data about a UMKM's owner, with the sealed members masked.
select u.id, u.name as umkm_name, u.village_code, o.name, o.nik, o.npwp, o.phone, o.address, d.*,
       u.version::text as _etag
  from umkm u
       left join umkm_owner w on w.id = u.id
       left join umkm_consent c on c.id = u.id
       cross join umkm_owner_row(w, c) o
       cross join umkm_personal_data(u) d
 where u.id = :id
   and u.deleted_at is null
