-- All records of the person with this NIK, NPWP, phone or e-mail. Every look-up is logged.
  with asked as (
       select a.hash, a.member
         from (values (:body.nik.hash, 'nik'), (:body.npwp.hash, 'npwp'), (:body.phone.hash, 'phone'),
                      (:body.email.hash, 'email')) a (hash, member)
        where a.hash is not null),
       hit as (
       select p as record, array(select a.member from asked a where a.hash = any (p.hashes)) as matched
         from personal_record p
        where p.hashes && array(select a.hash from asked a)
          and (exists (select from asked) or refuse('validation_failed', violation('/nik', 'required')))),
       log as (
       insert into personal_read (resource, record_id, umkm_id, village_code, members, purpose)
       select coalesce((h.record).resource, 'personal_record'), (h.record).record_id, (h.record).umkm_id,
              (h.record).village_code, coalesce(h.matched, array(select a.member from asked a)), :body.purpose
         from (select where exists (select from asked) or refuse('validation_failed', violation('/nik', 'required'))) once
              left join hit h on true)
select coalesce(json_agg(json_build_object('id', r.id, 'resource', r.resource, 'record_id', r.record_id, 'umkm_id', r.umkm_id,
                                           'village_code', r.village_code, 'matched', h.matched, 'members', r.members,
                                           'processing_restricted', r.processing_restricted,
                                           'retention_until', r.retention_until) order by r.resource, r.record_id), '[]') as records
  from hit h, personal_record_row(h.record) r
