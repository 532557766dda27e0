-- Mentoring sessions.

call business_triggers('mentoring_session', personal => '{mentor_name,mentor_phone}');

-- Counts all participants, whoever asks. A village reads only its own participants, but also the
-- number of taken seats.
create function mentoring_session_seats(session_id uuid) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*)
            from mentoring_participant p
           where p.session_id = mentoring_session_seats.session_id
             and p.deleted_at is null);
end
$$;

create function violations(s mentoring_session) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(s.village_code, s.villages)
             union all
            select * from name_rules('/title', s.title)
             union all
            select * from name_rules('/organisation', s.mentor_organisation)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = s.topic)),
        ('/starts_at', 'future', s.status = 'held' and s.starts_at > now()),
        ('/ends_at', 'before_start', s.ends_at <= s.starts_at),
        ('/capacity', 'seats_taken', s.capacity < mentoring_session_seats(s.id)),
        ('/villages', 'in_use', link_dropped('mentoring_session', s.id, s.villages)),
        ('/program_id', 'exists', s.program_id is not null
           and not exists (select from training_program p where p.id = s.program_id and p.deleted_at is null)),
        ('/program_id', 'program_over', s.status = 'planned'
           and exists (select from training_program p where p.id = s.program_id and p.status <> 'planned')),
        ('/program_id', 'program_village', exists (select
                                                     from training_program p
                                                    where p.id = s.program_id
                                                      and p.village_code <> any (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on mentoring_session
   for each row execute function refuse_violations();

-- A session can become held only after its start.
create function mentoring_session_begun() returns trigger
language plpgsql as $$
begin
  if new.starts_at > now() then
    perform refuse('state_conflict', violation('/starts_at', 'future'));
  end if;
  return new;
end
$$;

create trigger session_begun before update on mentoring_session
   for each row when (new.status = 'held' and old.status <> 'held') execute function mentoring_session_begun();

create function mentoring_session_row(s mentoring_session, expand text[] default null)
returns table (id uuid, program_id uuid, kind text, topic text, title text, place text, starts_at timestamptz, ends_at timestamptz,
  capacity integer, seats_taken integer, mentor_name text, mentor_organisation text, diagnosis text, notes text,
  village_code text, villages json, program json, status text, status_note text, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select s.id, s.program_id, s.kind, s.topic, s.title, s.place, s.starts_at, s.ends_at, s.capacity, mentoring_session_seats(s.id),
         (s.mentor_name).mask, s.mentor_organisation, s.diagnosis, s.notes, s.village_code, to_json(s.villages),
         case when 'program' = any (expand) then (select b.brief from training_program_brief(s.program_id) b) end,
         s.status, s.status_note, a.allowed_actions, s.version, s.source, s.created_at, s.created_by, s.updated_at, s.updated_by
    from allowed_actions('mentoring_session', s.status, s.writers, s.village_code) a
$$;

-- The short form that `expand` puts into other records.
create function mentoring_session_brief(s mentoring_session) returns table (brief json)
language sql stable as $$
  select json_build_object('id', s.id, 'kind', s.kind, 'title', s.title, 'place', s.place, 'village_code', s.village_code,
                           'status', s.status)
$$;

grant execute on function
  mentoring_session_seats(uuid), violations(mentoring_session),
  mentoring_session_row(mentoring_session, text[]), mentoring_session_brief(mentoring_session)
  to ovop_api;

call list_rows('mentoring_session');
