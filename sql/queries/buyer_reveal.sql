-- Opens a buyer's contact and logs the read.
  with seen as (
       select b.id, b.village_code, b.contact_name, b.contact_phone, b.contact_email
         from buyer b
        where b.id = :id
          and b.deleted_at is null
          and (num_nonnulls(b.contact_name, b.contact_phone, b.contact_email) > 0
               or refuse('state_conflict', violation('', 'nothing_sealed')))),
       log as (
       insert into personal_read (resource, record_id, village_code, members, purpose, data_subject_request_id)
       select 'buyer', s.id, s.village_code, '{name,phone,email}', :body.purpose, :body.data_subject_request_id
         from seen s)
select (s.contact_name).cipher as name, (s.contact_phone).cipher as phone, (s.contact_email).cipher as email
  from seen s
