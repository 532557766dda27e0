-- Records a session's mentor, sealed.
  with w as (
       update mentoring_session s
          set (mentor_name, mentor_phone, mentor_organisation)
              = (select m.name, m.phone, m.organisation
                   from jsonb_to_record(:body) as m (name sealed, phone sealed, organisation text))
        where s.id = :id
          and s.deleted_at is null
          and check_version(s.version, :if_match)
    returning s)
select r.*, r.version::text as _etag
  from w, mentoring_mentor_row(w.s) r
