-- Opens a session's mentor and logs the read.
  with seen as (
       select s.id, s.village_code, s.villages, s.mentor_name, s.mentor_phone
         from mentoring_session s
        where s.id = :id
          and s.deleted_at is null
          and (num_nonnulls(s.mentor_name, s.mentor_phone) > 0 or refuse('state_conflict', violation('', 'nothing_sealed')))),
       log as (
       insert into personal_read (resource, record_id, village_code, members, purpose, data_subject_request_id)
       select 'mentoring_session', s.id,
              (select v.code from unnest(s.villages) v (code) where in_scope(v.code) order by v.code <> s.village_code limit 1),
              '{name,phone}', :body.purpose, :body.data_subject_request_id
         from seen s)
select (s.mentor_name).cipher as name, (s.mentor_phone).cipher as phone
  from seen s
