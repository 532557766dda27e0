-- Sample data: the log entry for the read that answered the sample's request for access. The
-- service writes such an entry for every read. This read never happened.
insert into personal_read (at, resource, record_id, umkm_id, village_code, members, purpose, subject, role, operation,
                           data_subject_request_id)
select r.verified_at, 'umkm_owner', r.umkm_id, r.umkm_id, r.village_code, '{name,nik,npwp,phone,address}', 'Menjawab permintaan akses (contoh)',
       '019a0000-0000-7000-8000-00000000d500', 'dinas', 'umkm_disclose', r.id
  from data_subject_request r
 where r.id = '019a0000-0000-7000-8000-00000000d502'
   and not exists (select from personal_read p where p.subject = '019a0000-0000-7000-8000-00000000d500')
