-- Training and mentoring: programmes, their sessions, the UMKM that take part, and what was agreed to be done afterwards.

insert into workflow values ('session', 'planned');

insert into workflow_transition (workflow, position, action, from_status, to_status, needs_note)
values ('session',  1, 'update', 'planned', 'planned',   false),
       ('session',  1, 'update', 'held',    'held',      false),  -- diagnosis and notes come afterwards
       ('session',  2, 'hold',   'planned', 'held',      false),
       ('session',  9, 'cancel', 'planned', 'cancelled', true),
       ('session', 10, 'delete', 'planned', null,        false);

-- A programme is one village's, or the whole district's where village_code is null; who takes part its sessions say.
create table training_program (
  title text not null,
  topic text not null,
  description text,
  starts_on date not null,
  ends_on date not null constraint training_program_ends_on__before_start check (ends_on >= starts_on),
  organiser text not null,
  funding_source text constraint training_program_funding_source__enum
    check (funding_source in ('apbd_kabupaten', 'apbd_provinsi', 'apbn', 'dana_desa', 'csr', 'other')),
  budget_idr bigint constraint training_program_budget_idr__range check (budget_idr >= 0),
  capacity integer constraint training_program_capacity__range check (capacity > 0),
  village_code text constraint training_program_village_code__exists references village (code),
  district_code text generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as
    (to_tsvector('simple', title || ' ' || organiser || ' ' || coalesce(description, ''))) stored
);

call business_table('training_program', district_wide => true, workflow => 'session', writers => '{dinas}');

create index on training_program (starts_on, id) where deleted_at is null;
create index on training_program (title, id) where deleted_at is null;
create index on training_program (updated_at, id) where deleted_at is null;
create index on training_program (village_code, starts_on, id) where deleted_at is null;
create index on training_program (district_code, starts_on, id) where deleted_at is null;
create index on training_program (topic, starts_on, id) where deleted_at is null;
create index on training_program (funding_source, starts_on, id) where deleted_at is null;
create index on training_program (status, starts_on, id) where deleted_at is null;
create index on training_program using gin (search) where deleted_at is null;

-- A session is held in village_code; villages are those whose UMKM are invited, and read it.
create table mentoring_session (
  program_id uuid constraint mentoring_session_program_id__exists references training_program (id),
  kind text not null constraint mentoring_session_kind__enum
    check (kind in ('training', 'workshop', 'coaching', 'mentoring_visit', 'exhibition')),
  topic text not null,
  title text not null,
  place text,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null constraint mentoring_session_ends_at__before_start check (ends_at > starts_at),
  capacity integer constraint mentoring_session_capacity__range check (capacity > 0),
  mentor_name sealed,
  mentor_phone sealed,
  mentor_organisation text,
  diagnosis text,
  notes text,
  village_code text not null constraint mentoring_session_village_code__exists references village (code),
  villages text[] not null constraint mentoring_session_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  search tsvector not null generated always as (to_tsvector('simple', title || ' ' || coalesce(place, ''))) stored
);

call business_table('mentoring_session', shared => true, workflow => 'session', writers => '{dinas}',
                    personal => '{mentor_name,mentor_phone}');

create index on mentoring_session (starts_at, id) where deleted_at is null;
create index on mentoring_session (updated_at, id) where deleted_at is null;
create index on mentoring_session (village_code, starts_at, id) where deleted_at is null;
create index on mentoring_session (program_id, starts_at, id) where deleted_at is null;
create index on mentoring_session (topic, starts_at, id) where deleted_at is null;
create index on mentoring_session (kind, starts_at, id) where deleted_at is null;
create index on mentoring_session (status, starts_at, id) where deleted_at is null;
create index on mentoring_session using gin (villages) where deleted_at is null;
create index on mentoring_session using gin (district_codes) where deleted_at is null;
create index on mentoring_session using gin (search) where deleted_at is null;

-- A UMKM in a session: registered, and afterwards whether it came and what it knew before and after.
create table mentoring_participant (
  session_id uuid not null constraint mentoring_participant_session_id__exists references mentoring_session (id),
  umkm_id uuid not null,
  attended boolean,
  pre_score integer constraint mentoring_participant_pre_score__range check (pre_score between 0 and 100),
  post_score integer constraint mentoring_participant_post_score__range check (post_score between 0 and 100),
  note text,
  village_code text not null,
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint mentoring_participant_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('mentoring_participant', workflow => null, writers => '{bumdes,dinas}');

create unique index mentoring_participant_umkm_id__unique on mentoring_participant (session_id, umkm_id)
 where deleted_at is null;
create index on mentoring_participant (umkm_id, session_id) where deleted_at is null;
create index on mentoring_participant (village_code) where deleted_at is null;
create index on mentoring_participant (district_code) where deleted_at is null;
create index on mentoring_participant (updated_at, id) where deleted_at is null;

-- All of them, whoever asks: a village sees its own participants, and how many seats are left.
create function seats_taken(session_id uuid) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select count(*)
            from mentoring_participant p
           where p.session_id = seats_taken.session_id
             and p.deleted_at is null);
end
$$;

create function training_program_violations(p training_program) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code) where p.village_code is not null
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

-- A programme ends, either way, with no session left to come.
create function training_program_over() returns trigger
language plpgsql as $$
begin
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

create function mentoring_session_violations(s mentoring_session) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(s.village_code, s.villages)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = s.topic)),
        ('/starts_at', 'future', s.status = 'held' and s.starts_at > now()),
        ('/ends_at', 'before_start', s.ends_at <= s.starts_at),
        ('/capacity', 'seats_taken', s.capacity < seats_taken(s.id)),
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

-- A session can be held once it has begun.
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

create function mentoring_participant_violations(p mentoring_participant) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', not exists (select
                                             from umkm u
                                            where u.id = p.umkm_id
                                              and u.village_code = p.village_code
                                              and u.deleted_at is null)),
        ('/umkm_id', 'not_invited', exists (select
                                              from umkm u
                                                   join mentoring_session s on s.id = p.session_id
                                             where u.id = p.umkm_id
                                               and p.version = 1  -- it may move away later
                                               and u.village_code <> all (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on mentoring_participant
   for each row execute function refuse_violations();

-- Who comes and goes, and when. The lock on the session makes two that register at once count one after the other.
create function mentoring_participant_seat() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s mentoring_session;
begin
  if not claims_given() or tg_op = 'UPDATE' and new.village_code <> old.village_code then  -- it follows its UMKM
    return new;
  end if;

  if claim_role() = 'bumdes' and tg_op = 'UPDATE' and new.deleted_at is null then
    perform refuse('forbidden');
  end if;
  select * into s from mentoring_session where id = new.session_id for update;
  if s.deleted_at is not null then  -- while this one waited
    perform refuse('not_found');
  end if;
  if s.status <> 'planned' and (s.status <> 'held' or claim_role() <> 'dinas') then
    perform refuse('state_conflict', violation('', 'session_closed'));
  end if;
  if tg_op = 'INSERT' and seats_taken(s.id) >= s.capacity then
    perform refuse('state_conflict', violation('', 'session_full'));
  end if;
  if num_nonnulls(new.attended, new.pre_score, new.post_score) > 0 and s.status <> 'held' then
    perform refuse('state_conflict', violation('', 'not_held'));
  end if;
  return new;
end
$$;

create trigger seat before insert or update on mentoring_participant
   for each row execute function mentoring_participant_seat();

-- The entries of a held session's attendance sheet, each of a UMKM that is registered and named once; or all that is wrong.
create function attendance_sheet(session mentoring_session, entries jsonb) returns table (place bigint, umkm_id uuid, entry jsonb)
language plpgsql volatile as $$
declare
  violations jsonb;
begin
  if session.status <> 'held' then
    perform refuse('state_conflict', violation('', 'not_held'));
  end if;

  select jsonb_agg(jsonb_build_object('pointer', format('/attendances/%s/umkm_id', e.place - 1), 'code', e.code) order by e.place)
    into violations
    from (select s.place,
                 case when not exists (select
                                         from mentoring_participant p
                                        where p.session_id = session.id
                                          and p.umkm_id = (s.entry ->> 'umkm_id')::uuid
                                          and p.deleted_at is null) then 'not_registered'
                      when row_number() over (partition by s.entry ->> 'umkm_id' order by s.place) > 1 then 'unique'
                 end as code
            from jsonb_array_elements(entries) with ordinality s (entry, place)) e
   where e.code is not null;
  if violations is not null then
    perform refuse('validation_failed', violations);
  end if;

  return query
  select s.place, (s.entry ->> 'umkm_id')::uuid, s.entry
    from jsonb_array_elements(entries) with ordinality s (entry, place);
end
$$;

-- What somebody promised to do after a session. The owner is an office or a business, never a person's name.
create table mentoring_action_item (
  session_id uuid not null constraint mentoring_action_item_session_id__exists references mentoring_session (id),
  umkm_id uuid,
  task text not null,
  owner text not null constraint mentoring_action_item_owner__enum
    check (owner in ('umkm', 'village_enterprise', 'village', 'dinas', 'mentor', 'other')),
  due_on date not null,
  state text not null default 'open' constraint mentoring_action_item_state__enum check (state in ('open', 'done', 'dropped')),
  closed_on date constraint mentoring_action_item_closed_on__together check ((closed_on is null) = (state = 'open')),
  note text,
  village_code text not null constraint mentoring_action_item_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint mentoring_action_item_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('mentoring_action_item', workflow => null, writers => '{dinas}');

create index on mentoring_action_item (session_id, due_on, id) where deleted_at is null;
create index on mentoring_action_item (umkm_id, due_on, id) where deleted_at is null;
create index on mentoring_action_item (village_code, due_on, id) where deleted_at is null;
create index on mentoring_action_item (district_code, due_on, id) where deleted_at is null;
create index on mentoring_action_item (due_on, id) where deleted_at is null;
create index on mentoring_action_item (due_on, id) where state = 'open' and deleted_at is null;
create index on mentoring_action_item (state, due_on, id) where deleted_at is null;
create index on mentoring_action_item (updated_at, id) where deleted_at is null;

create function mentoring_action_item_violations(i mentoring_action_item) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', i.umkm_id is not null
           and not exists (select from umkm u where u.id = i.umkm_id and u.deleted_at is null)),
        ('/umkm_id', 'required', i.owner = 'umkm' and i.umkm_id is null),
        ('/closed_on', 'future', i.closed_on > today()),
        ('/closed_on', 'together', i.state = 'open' and i.closed_on is not null)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on mentoring_action_item
   for each row execute function refuse_violations();

call restrict_processing('mentoring_participant', 'umkm_id');
call restrict_processing('mentoring_action_item', 'umkm_id');

call keep_personal('mentoring_session', '{"mentor_name": null, "mentor_phone": null}', ends_at => 'ends_at');

-- What others refer to stays.
create trigger in_use_session before update on training_program
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_session', 'program_id');
create trigger in_use_participant before update on mentoring_session
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_participant', 'session_id');
create trigger in_use_action_item before update on mentoring_session
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_action_item', 'session_id');
create trigger in_use_participant before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_participant', 'umkm_id');
create trigger in_use_action_item before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_action_item', 'umkm_id');

-- What became of a programme. All of it, whoever asks: a village sees its own sessions and participants alone. A UMKM whose
-- processing is restricted counts for nobody.
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

-- A programme as other records show it under `expand`.
create function training_program_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', p.id, 'title', p.title, 'starts_on', p.starts_on, 'ends_on', p.ends_on, 'status', p.status)
    from training_program p
   where p.id = training_program_brief.id
$$;

create function mentoring_session_row(s mentoring_session, expand text[] default null)
returns table (id uuid, program_id uuid, kind text, topic text, title text, place text, starts_at timestamptz, ends_at timestamptz,
  capacity integer, seats_taken integer, mentor_name text, mentor_organisation text, diagnosis text, notes text,
  village_code text, villages json, program json, status text, status_note text, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select s.id, s.program_id, s.kind, s.topic, s.title, s.place, s.starts_at, s.ends_at, s.capacity, seats_taken(s.id),
         (s.mentor_name).mask, s.mentor_organisation, s.diagnosis, s.notes, s.village_code, to_json(s.villages),
         case when 'program' = any (expand) then (select b.brief from training_program_brief(s.program_id) b) end,
         s.status, s.status_note, a.allowed_actions, s.version, s.source, s.created_at, s.created_by, s.updated_at, s.updated_by
    from allowed_actions('mentoring_session', s.status, s.writers, s.village_code) a
$$;

create function mentoring_mentor_row(s mentoring_session)
returns table (name text, phone text, organisation text, version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select (s.mentor_name).mask, (s.mentor_phone).mask, s.mentor_organisation, s.version, s.updated_at, s.updated_by
$$;

create function mentoring_participant_row(p mentoring_participant)
returns table (id uuid, session_id uuid, umkm_id uuid, umkm_name text, village_code text, attended boolean, pre_score integer,
  post_score integer, note text, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select p.id, p.session_id, p.umkm_id, u.name, p.village_code, p.attended, p.pre_score, p.post_score, p.note,
         case
           when s.status = 'cancelled' or claim_role() = 'bumdes' and s.status is distinct from 'planned' then '[]'
           when claim_role() = 'bumdes' then (a.allowed_actions::jsonb - 'update')::json
           else a.allowed_actions
         end,
         p.version, p.source, p.created_at, p.created_by, p.updated_at, p.updated_by
    from umkm u
         left join mentoring_session s on s.id = p.session_id
         cross join kept_actions('mentoring_participant', p.village_code) a
   where u.id = p.umkm_id
$$;

-- A session as other records show it under `expand`.
create function mentoring_session_brief(s mentoring_session) returns table (brief json)
language sql stable as $$
  select json_build_object('id', s.id, 'kind', s.kind, 'title', s.title, 'place', s.place, 'village_code', s.village_code,
                           'status', s.status)
$$;

-- A participant after the session.
create function attendance_row(p mentoring_participant, s mentoring_session, expand text[] default null)
returns table (id uuid, session_id uuid, program_id uuid, topic text, starts_at timestamptz, umkm_id uuid, attended boolean,
  pre_score integer, post_score integer, note text, village_code text, district_code text, session json, umkm json,
  version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select p.id, s.id, s.program_id, s.topic, s.starts_at, p.umkm_id, p.attended, p.pre_score, p.post_score, p.note,
         p.village_code, p.district_code,
         case when 'session' = any (expand) then (select b.brief from mentoring_session_brief(s) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(p.umkm_id) b) end,
         p.version, p.updated_at, p.updated_by
$$;

create function mentoring_action_item_row(i mentoring_action_item)
returns table (id uuid, session_id uuid, umkm_id uuid, task text, owner text, due_on date, state text, overdue boolean,
  closed_on date, note text, village_code text, district_code text, allowed_actions json, version integer, source text,
  created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select i.id, i.session_id, i.umkm_id, i.task, i.owner, i.due_on, i.state, i.state = 'open' and i.due_on < today(),
         i.closed_on, i.note, i.village_code, i.district_code, a.allowed_actions, i.version, i.source, i.created_at,
         i.created_by, i.updated_at, i.updated_by
    from kept_actions('mentoring_action_item', i.village_code) a
$$;

grant execute on function
  seats_taken(uuid), training_program_violations(training_program), training_program_figures(uuid),
  training_program_row(training_program, text[]), training_program_brief(uuid),
  mentoring_session_violations(mentoring_session), mentoring_session_row(mentoring_session, text[]),
  mentoring_mentor_row(mentoring_session),
  mentoring_participant_violations(mentoring_participant), mentoring_participant_row(mentoring_participant),
  attendance_sheet(mentoring_session, jsonb), mentoring_session_brief(mentoring_session),
  attendance_row(mentoring_participant, mentoring_session, text[]),
  mentoring_action_item_violations(mentoring_action_item), mentoring_action_item_row(mentoring_action_item)
  to ovop_api;
