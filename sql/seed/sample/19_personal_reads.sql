-- The reading by which the sample's request for access was answered, to look at. Whoever reads writes such lines; this one nobody did.
insert into personal_read (at, resource, record_id, village_code, members, purpose, subject, role, operation)
select r.verified_at, 'umkm_owner', r.umkm_id, r.village_code, '{name,nik,npwp,phone,address}', 'Menjawab permintaan akses (contoh)',
       '019a0000-0000-7000-8000-00000000d500', 'dinas', 'umkm_disclose'
  from data_subject_request r
 where r.id = '019a0000-0000-7000-8000-00000000d502'
   and not exists (select from personal_read p where p.subject = '019a0000-0000-7000-8000-00000000d500')
