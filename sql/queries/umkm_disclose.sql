-- All that is kept of a UMKM's owner, unmasked, as the copy that the owner may ask for; it is written down. While processing is
-- restricted an owner's own request for access is needed.
  with seen as (
       select u, o
         from umkm u
              left join umkm_owner o on o.id = u.id
              left join umkm_consent c on c.id = u.id
        where u.id = :id
          and u.deleted_at is null
          and (c.processing_restricted is not true
               or exists (select
                            from data_subject_request r
                           where r.umkm_id = u.id and r.kind = 'access' and r.status = 'granted')
               or refuse('state_conflict', violation('', 'processing_restricted')))),
       log as (
       insert into personal_read (resource, record_id, village_code, members, purpose)
       select 'umkm_owner', (s.u).id, (s.u).village_code, '{name,nik,npwp,phone,address}', :body.purpose
         from seen s)
select (s.u).id, (s.u).name as umkm_name, (s.u).village_code, ((s.o).name).cipher as name, ((s.o).nik).cipher as nik,
       ((s.o).npwp).cipher as npwp, ((s.o).phone).cipher as phone, ((s.o).address).cipher as address, d.*
  from seen s, umkm_personal_data(s.u) d
