-- Training programmes.

call business_triggers('training_program');

create function violations(p training_program) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code) where p.village_code is not null
             union all
            select * from name_rules('/title', p.title)
             union all
            select * from name_rules('/organiser', p.organiser)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = p.topic)),
        ('/starts_on', 'future', p.status = 'held' and p.starts_on > today()),
        ('/ends_on', 'before_start', p.ends_on < p.starts_on),
        ('/village_code', 'program_village', exists (select
                                                       from mentoring_session s
                                                      where s.program_id = p.id
                                                        and s.deleted_at is null
                                                        and p.village_code <> any (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on training_program
   for each row execute function refuse_violations();

-- A programme with planned sessions cannot become held or cancelled.
create function training_program_over() returns trigger
language plpgsql as $$
begin
  perform from training_program where id = new.id for update;
  if new.status = 'held' and new.starts_on > today() then
    perform refuse('state_conflict', violation('/starts_on', 'future'));
  end if;
  if exists (select
               from mentoring_session s
              where s.program_id = new.id
                and s.status = 'planned'
                and s.deleted_at is null) then
    perform refuse('state_conflict', violation('', 'sessions_planned'));
  end if;
  return new;
end
$$;

create trigger session_left before update on training_program
   for each row when (old.status = 'planned' and new.status <> 'planned') execute function training_program_over();

-- The figures of a programme, the same for every caller. The function is a definer, since a village
-- sees only its own sessions and participants. A UMKM whose processing is restricted never counts.
create function training_program_figures(program_id uuid)
returns table (sessions_planned integer, sessions_held integer, umkm_reached integer, attendance_rate numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select count(distinct s.id) filter (where s.status = 'planned')::integer,
         count(distinct s.id) filter (where s.status = 'held')::integer,
         count(distinct p.umkm_id) filter (where p.attended)::integer,
         round(avg(p.attended::integer), 4)
    from mentoring_session s
         left join mentoring_participant p
                on p.session_id = s.id and p.deleted_at is null and p.umkm_id <> all ((select umkm_restricted())::uuid[])
   where s.program_id = training_program_figures.program_id
     and s.deleted_at is null;
end
$$;

create function training_program_row(p training_program, expand text[] default null)
returns table (id uuid, title text, topic text, description text, starts_on date, ends_on date, organiser text,
  funding_source text, budget_idr bigint, capacity integer, village_code text, district_code text, sessions_planned integer,
  sessions_held integer, umkm_reached integer, attendance_rate numeric, village json, status text, status_note text,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid)
language sql stable as $$
  select p.id, p.title, p.topic, p.description, p.starts_on, p.ends_on, p.organiser, p.funding_source, p.budget_idr,
         p.capacity, p.village_code, p.district_code, f.sessions_planned, f.sessions_held, f.umkm_reached, f.attendance_rate,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         p.status, p.status_note, a.allowed_actions, p.version, p.source, p.created_at, p.created_by, p.updated_at,
         p.updated_by
    from training_program_figures(p.id) f, allowed_actions('training_program', p.status, p.writers, p.village_code) a
$$;

-- The short form that `expand` puts into other records.
create function training_program_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', p.id, 'title', p.title, 'starts_on', p.starts_on, 'ends_on', p.ends_on, 'status', p.status)
    from training_program p
   where p.id = training_program_brief.id
$$;

grant execute on function
  violations(training_program), training_program_figures(uuid),
  training_program_row(training_program, text[]), training_program_brief(uuid)
  to ovop_api;

call list_rows('training_program');
