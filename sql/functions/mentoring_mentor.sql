-- The mentor of a session. These are personal data.

create function mentoring_mentor_row(s mentoring_session)
returns table (name text, phone text, organisation text, version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select (s.mentor_name).mask, (s.mentor_phone).mask, s.mentor_organisation, s.version, s.updated_at, s.updated_by
$$;

grant execute on function
  mentoring_mentor_row(mentoring_session)
  to ovop_api;
