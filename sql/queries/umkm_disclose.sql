-- All data about a UMKM's owner, unmasked: the copy that the owner may ask for. The log of the read
-- names the owner's request for access, which must be granted. So it works also while processing is
-- restricted.
  with seen as (
       select u, o
         from umkm u
              left join umkm_owner o on o.id = u.id
        where u.id = :id
          and u.deleted_at is null),
       log as (
       insert into personal_read (resource, record_id, umkm_id, village_code, members, purpose, data_subject_request_id)
       select 'umkm_owner', (s.u).id, (s.u).id, (s.u).village_code, '{name,nik,npwp,phone,address}', :body.purpose,
              :body.data_subject_request_id
         from seen s)
select (s.u).id, (s.u).name as umkm_name, (s.u).village_code, ((s.o).name).cipher as name, ((s.o).nik).cipher as nik,
       ((s.o).npwp).cipher as npwp, ((s.o).phone).cipher as phone, ((s.o).address).cipher as address, d.*
  from seen s, umkm_personal_data(s.u) d
