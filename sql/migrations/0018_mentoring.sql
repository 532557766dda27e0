-- Training and mentoring: sessions, the UMKM that take part, and what was agreed to be done afterwards.

insert into workflow values ('session', 'planned');

insert into workflow_transition (workflow, position, action, from_status, to_status, needs_note)
values ('session',  1, 'update', 'planned', 'planned',   false),
       ('session',  1, 'update', 'held',    'held',      false),  -- diagnosis and notes come afterwards
       ('session',  2, 'hold',   'planned', 'held',      false),
       ('session',  9, 'cancel', 'planned', 'cancelled', true),
       ('session', 10, 'delete', 'planned', null,        false);

-- A session is held in village_code; villages are those whose UMKM are invited, and read it.
create table mentoring_session (
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
  constraint mentoring_participant_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('mentoring_participant', workflow => null, writers => '{bumdes,dinas}');

create unique index mentoring_participant_umkm_id__unique on mentoring_participant (session_id, umkm_id)
 where deleted_at is null;
create index on mentoring_participant (umkm_id, session_id) where deleted_at is null;

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

create function mentoring_session_violations(s mentoring_session) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(s.village_code, s.villages)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = s.topic)),
        ('/ends_at', 'before_start', s.ends_at <= s.starts_at),
        ('/capacity', 'seats_taken', s.capacity < seats_taken(s.id))
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
create trigger in_use_participant before update on mentoring_session
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_participant', 'session_id');
create trigger in_use_action_item before update on mentoring_session
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_action_item', 'session_id');
create trigger in_use_participant before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_participant', 'umkm_id');
create trigger in_use_action_item before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('mentoring_action_item', 'umkm_id');

create function mentoring_session_row(s mentoring_session)
returns table (id uuid, kind text, topic text, title text, place text, starts_at timestamptz, ends_at timestamptz,
  capacity integer, seats_taken integer, mentor_name text, mentor_organisation text, diagnosis text, notes text,
  village_code text, villages json, status text, status_note text, allowed_actions json, version integer, source text,
  created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select s.id, s.kind, s.topic, s.title, s.place, s.starts_at, s.ends_at, s.capacity, seats_taken(s.id), (s.mentor_name).mask,
         s.mentor_organisation, s.diagnosis, s.notes, s.village_code, to_json(s.villages), s.status, s.status_note,
         a.allowed_actions, s.version, s.source, s.created_at, s.created_by, s.updated_at, s.updated_by
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
  seats_taken(uuid), mentoring_session_violations(mentoring_session),
  mentoring_session_row(mentoring_session), mentoring_mentor_row(mentoring_session),
  mentoring_participant_violations(mentoring_participant), mentoring_participant_row(mentoring_participant),
  mentoring_action_item_violations(mentoring_action_item), mentoring_action_item_row(mentoring_action_item)
  to ovop_api;
