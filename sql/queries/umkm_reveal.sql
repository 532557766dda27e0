-- Opens a UMKM's owner and logs the read.
  with seen as (
       select o.id, o.village_code, o.name, o.nik, o.npwp, o.phone, o.address
         from umkm u
              join umkm_owner o on o.id = u.id
              left join umkm_consent c on c.id = u.id
        where u.id = :id
          and u.deleted_at is null
          and (c.processing_restricted is not true or refuse('state_conflict', violation('', 'processing_restricted')))),
       log as (
       insert into personal_read (resource, record_id, umkm_id, village_code, members, purpose)
       select 'umkm_owner', s.id, s.id, s.village_code, '{name,nik,npwp,phone,address}', :body.purpose
         from seen s)
select (s.name).cipher as name, (s.nik).cipher as nik, (s.npwp).cipher as npwp, (s.phone).cipher as phone,
       (s.address).cipher as address
  from seen s
