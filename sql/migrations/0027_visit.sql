-- Visits (sambang desa): where the Bupati went, what the villages asked for there, and what was promised to them.

insert into workflow values ('visit', 'planned'), ('aspiration', 'open'), ('commitment', 'open');

insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note, roles)
values ('visit',       1, 'update',   'planned',     'planned',     false, false, false, null),
       ('visit',       1, 'update',   'done',        'done',        false, false, false, null),  -- the summary comes afterwards
       ('visit',       2, 'complete', 'planned',     'done',        false, false, false, null),
       ('visit',       9, 'cancel',   'planned',     'cancelled',   false, false, true,  '{bupati}'),
       ('visit',      10, 'delete',   'planned',     null,          false, false, false, '{bupati}'),
       ('aspiration',  1, 'update',   'open',        'open',        false, false, false, null),
       ('aspiration',  2, 'address',  'open',        'addressed',   false, false, false, null),
       ('aspiration',  3, 'decline',  'open',        'declined',    false, false, true,  null),
       ('aspiration',  8, 'reopen',   'addressed',   'open',        false, false, false, null),
       ('aspiration',  8, 'reopen',   'declined',    'open',        false, false, false, null),
       ('aspiration', 10, 'delete',   'open',        null,          false, false, false, '{bupati}'),
       -- Who must keep a promise does not change it, and neither says that it was kept.
       ('commitment',  1, 'update',   'open',        'open',        false, false, false, '{bupati}'),
       ('commitment',  1, 'update',   'in_progress', 'in_progress', false, false, false, '{bupati}'),
       ('commitment',  2, 'start',    'open',        'in_progress', false, false, false, '{dinas}'),
       ('commitment',  3, 'complete', 'in_progress', 'done',        false, false, false, '{dinas}'),
       ('commitment',  4, 'confirm',  'done',        'confirmed',   true,  true,  false, null),
       ('commitment',  5, 'return',   'done',        'in_progress', true,  false, true,  null),
       ('commitment', 10, 'delete',   'open',        null,          false, false, false, '{bupati}');

create table visit (
  visited_on date not null,
  place text,
  purpose text not null,
  led_by text not null constraint visit_led_by__enum
    check (led_by in ('bupati', 'deputy_bupati', 'regional_secretary', 'dinas', 'camat', 'other')),
  summary text,
  village_code text not null constraint visit_village_code__exists references village (code),
  villages text[] not null constraint visit_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    purpose || ' ' || coalesce(place, '') || ' ' || coalesce(summary, ''))) stored
);

call business_table('visit', shared => true, workflow => 'visit', writers => '{bupati,dinas}', creators => '{bupati}');

create index on visit (visited_on, id) where deleted_at is null;
create index on visit (updated_at, id) where deleted_at is null;
create index on visit (status, visited_on, id) where deleted_at is null;
create index on visit (village_code, visited_on, id) where deleted_at is null;
create index on visit using gin (villages) where deleted_at is null;
create index on visit using gin (district_codes) where deleted_at is null;
create index on visit using gin (search) where deleted_at is null;

-- What a village said. Who said it is a group, never a person.
create table aspiration (
  visit_id uuid not null constraint aspiration_visit_id__exists references visit (id),
  kind text not null constraint aspiration_kind__enum check (kind in ('obstacle', 'request', 'idea')),
  topic text not null,
  text text not null,
  raised_by_group text not null constraint aspiration_raised_by_group__enum
    check (raised_by_group in ('umkm', 'farmers', 'artisans', 'women', 'youth', 'disabled', 'village_enterprise',
                               'village_government', 'other')),
  priority text not null constraint aspiration_priority__enum check (priority in ('high', 'normal', 'low')),
  village_code text not null constraint aspiration_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', text)) stored
);

call business_table('aspiration', workflow => 'aspiration', writers => '{bupati,dinas}', creators => '{bupati}');

create index on aspiration (created_at, id) where deleted_at is null;
create index on aspiration (updated_at, id) where deleted_at is null;
create index on aspiration (visit_id, created_at, id) where deleted_at is null;
create index on aspiration (village_code, created_at, id) where deleted_at is null;
create index on aspiration (district_code, created_at, id) where deleted_at is null;
create index on aspiration (status, created_at, id) where deleted_at is null;
create index on aspiration (kind, created_at, id) where deleted_at is null;
create index on aspiration (topic, created_at, id) where deleted_at is null;
create index on aspiration (priority, created_at, id) where deleted_at is null;
create index on aspiration using gin (search) where deleted_at is null;

-- What an office promised. It is kept when the village says so.
create table commitment (
  visit_id uuid not null constraint commitment_visit_id__exists references visit (id),
  aspiration_id uuid constraint commitment_aspiration_id__exists references aspiration (id),
  office text not null,
  text text not null,
  due_on date not null,
  done_on date,
  village_code text not null constraint commitment_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', text)) stored
);

call business_table('commitment', workflow => 'commitment', writers => '{bupati,dinas}', creators => '{bupati}',
                    deciders => '{bumdes}');

create index on commitment (due_on, id) where deleted_at is null;
create index on commitment (due_on, id) where status in ('open', 'in_progress') and deleted_at is null;
create index on commitment (updated_at, id) where deleted_at is null;
create index on commitment (visit_id, due_on, id) where deleted_at is null;
create index on commitment (aspiration_id, due_on, id) where deleted_at is null;
create index on commitment (village_code, due_on, id) where deleted_at is null;
create index on commitment (district_code, due_on, id) where deleted_at is null;
create index on commitment (office, due_on, id) where deleted_at is null;
create index on commitment (status, due_on, id) where deleted_at is null;
create index on commitment using gin (search) where deleted_at is null;

-- How far an office came with its promise, and what proves it; nothing of it is ever taken back.
create table commitment_progress (
  commitment_id uuid not null constraint commitment_progress_commitment_id__exists references commitment (id),
  noted_on date not null,
  percent integer not null constraint commitment_progress_percent__range check (percent between 0 and 100),
  note text not null,
  proof jsonb,  -- {kind, number, date, issuer}
  village_code text not null constraint commitment_progress_village_code__exists references village (code)
);

call business_table('commitment_progress', workflow => null, writers => '{dinas}');

create index on commitment_progress (commitment_id, noted_on, id);

create trigger append_only before update or delete on commitment_progress
   for each statement execute function audit_append_only();
create trigger part_written after insert on commitment_progress
   for each row execute function part_written('commitment', 'commitment_id');

create function visit_violations(v visit) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(v.village_code, v.villages)
             union all
            values
        ('/visited_on', 'future', v.status = 'done' and v.visited_on > today()),
        ('/visited_on', 'before_start', exists (select from commitment c
                                                 where c.visit_id = v.id and c.deleted_at is null
                                                   and c.due_on < v.visited_on)),
        ('/villages', 'in_use', exists (select from aspiration a
                                         where a.visit_id = v.id and a.deleted_at is null and a.village_code <> all (v.villages))
                                or exists (select from commitment c
                                            where c.visit_id = v.id and c.deleted_at is null
                                              and c.village_code <> all (v.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create function aspiration_violations(a aspiration) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(a.village_code)
             union all
            values
        ('/topic', 'exists', not exists (select from reference r where r.list = 'topics' and r.code = a.topic))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create function commitment_violations(c commitment) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(c.village_code)
             union all
            values
        ('/office', 'exists', not exists (select from reference r where r.list = 'offices' and r.code = c.office)),
        ('/aspiration_id', 'exists', c.aspiration_id is not null
           and not exists (select from aspiration a
                            where a.id = c.aspiration_id and a.deleted_at is null and a.visit_id = c.visit_id
                              and a.village_code = c.village_code)),
        ('/due_on', 'before_start', exists (select from visit v where v.id = c.visit_id and v.visited_on > c.due_on)),
        ('/proof', 'required', c.status = 'done'
           and not exists (select from commitment_progress p where p.commitment_id = c.id and p.proof is not null))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create function commitment_progress_violations(p commitment_progress) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/noted_on', 'future', p.noted_on > today()),
        ('/proof/date', 'future', (p.proof ->> 'date')::date > today())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on visit for each row execute function refuse_violations();
create trigger violations before insert or update on aspiration for each row execute function refuse_violations();
create trigger violations before insert or update on commitment for each row execute function refuse_violations();
create trigger violations before insert on commitment_progress for each row execute function refuse_violations();

-- Something comes of a visit that takes place, and for a village that it is to. The lock lets nobody call it off meanwhile.
create function visit_takes_place() returns trigger
language plpgsql as $$
declare
  v visit;
begin
  select * into v from visit where id = new.visit_id for share;
  if v.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if v.status = 'cancelled' then
    perform refuse('state_conflict', violation('', 'visit_cancelled'));
  end if;
  if new.village_code <> all (v.villages) then
    perform refuse('validation_failed', violation('/village_code', 'not_visited'));
  end if;
  return new;
end
$$;

create trigger takes_place before insert on aspiration for each row execute function visit_takes_place();
create trigger takes_place before insert on commitment for each row execute function visit_takes_place();

-- The day an office says that it kept its promise; none again once the village sends it back.
create function commitment_done() returns trigger
language plpgsql as $$
begin
  new.done_on := case when new.status = 'done' then today() end;
  return new;
end
$$;

create trigger done before update on commitment
   for each row when (new.status <> old.status and 'done' in (old.status, new.status) and new.status <> 'confirmed')
   execute function commitment_done();

-- The lock makes progress and what closes a commitment come one after the other.
create function commitment_runs() returns trigger
language plpgsql as $$
declare
  c commitment;
begin
  select * into c from commitment where id = new.commitment_id for update;
  if c.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if c.status not in ('open', 'in_progress') then
    perform refuse('state_conflict');
  end if;
  return new;
end
$$;

create trigger runs before insert on commitment_progress for each row execute function commitment_runs();

-- What others refer to stays.
create trigger in_use_aspiration before update on visit
   for each row when (new.deleted_at is not null or new.status = 'cancelled')
   execute function refuse_in_use('aspiration', 'visit_id');
create trigger in_use_commitment before update on visit
   for each row when (new.deleted_at is not null or new.status = 'cancelled')
   execute function refuse_in_use('commitment', 'visit_id');
create trigger in_use_commitment before update on aspiration
   for each row when (new.deleted_at is not null) execute function refuse_in_use('commitment', 'aspiration_id');
create trigger in_use_progress before update on commitment
   for each row when (new.deleted_at is not null) execute function refuse_in_use('commitment_progress', 'commitment_id');

create function visit_row(v visit, expand text[] default null)
returns table (id uuid, visited_on date, place text, purpose text, led_by text, summary text, village_code text, villages json,
  village json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamptz,
  created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select v.id, v.visited_on, v.place, v.purpose, v.led_by, v.summary, v.village_code, to_json(v.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(v.village_code) b) end,
         v.status, v.status_note, a.allowed_actions, v.version, v.source, v.created_at, v.created_by, v.updated_at, v.updated_by
    from allowed_actions('visit', v.status, v.writers, v.village_code) a
$$;

-- A visit as what came of it shows it under `expand`.
create function visit_brief(visit_id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', v.id, 'visited_on', v.visited_on, 'purpose', v.purpose, 'led_by', v.led_by, 'status', v.status)
    from visit v
   where v.id = visit_id
$$;

create function aspiration_row(a aspiration, expand text[] default null)
returns table (id uuid, visit_id uuid, kind text, topic text, text text, raised_by_group text, priority text, village_code text,
  district_code text, visit json, village json, status text, status_note text, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select a.id, a.visit_id, a.kind, a.topic, a.text, a.raised_by_group, a.priority, a.village_code, a.district_code,
         case when 'visit' = any (expand) then (select b.brief from visit_brief(a.visit_id) b) end,
         case when 'village' = any (expand) then (select b.brief from village_brief(a.village_code) b) end,
         a.status, a.status_note, m.allowed_actions, a.version, a.source, a.created_at, a.created_by, a.updated_at, a.updated_by
    from allowed_actions('aspiration', a.status, a.writers, a.village_code) m
$$;

-- Promised, not yet said to be kept, and its day is over.
create function commitment_overdue(c commitment) returns boolean
language sql stable as $$
  select c.status in ('open', 'in_progress') and c.due_on < today()
$$;

create function commitment_progress_last(commitment_id uuid) returns setof commitment_progress
language sql stable as $$
  select p.*
    from commitment_progress p
   where p.commitment_id = commitment_progress_last.commitment_id
   order by p.noted_on desc, p.id desc
   limit 1
$$;

create function commitment_row(c commitment, expand text[] default null)
returns table (id uuid, visit_id uuid, aspiration_id uuid, office text, text text, due_on date, overdue boolean,
  percent integer, progressed_on date, proof json, done_on date, village_code text, district_code text, visit json,
  aspiration json, village json, status text, status_note text, confirmed_at timestamptz, confirmed_by uuid,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid)
language sql stable as $$
  select c.id, c.visit_id, c.aspiration_id, c.office, c.text, c.due_on, commitment_overdue(c), p.percent, p.noted_on,
         (select q.proof::json
            from commitment_progress q
           where q.commitment_id = c.id and q.proof is not null
           order by q.noted_on desc, q.id desc
           limit 1),
         c.done_on, c.village_code, c.district_code,
         case when 'visit' = any (expand) then (select b.brief from visit_brief(c.visit_id) b) end,
         case when 'aspiration' = any (expand)
              then (select json_build_object('id', a.id, 'kind', a.kind, 'topic', a.topic, 'text', a.text,
                                             'priority', a.priority, 'status', a.status)
                      from aspiration a where a.id = c.aspiration_id) end,
         case when 'village' = any (expand) then (select b.brief from village_brief(c.village_code) b) end,
         c.status, c.status_note, c.verified_at, c.verified_by, m.allowed_actions, c.version, c.source, c.created_at,
         c.created_by, c.updated_at, c.updated_by
    from allowed_actions('commitment', c.status, c.writers, c.village_code) m
         left join commitment_progress_last(c.id) p on true
$$;

create function commitment_progress_row(p commitment_progress)
returns table (id uuid, noted_on date, percent integer, note text, proof json, created_at timestamptz, created_by uuid)
language sql stable as $$
  select p.id, p.noted_on, p.percent, p.note, p.proof::json, p.created_at, p.created_by
$$;

grant execute on function
  visit_violations(visit), visit_row(visit, text[]), visit_brief(uuid), aspiration_violations(aspiration),
  aspiration_row(aspiration, text[]), commitment_violations(commitment), commitment_overdue(commitment),
  commitment_progress_last(uuid), commitment_row(commitment, text[]), commitment_progress_violations(commitment_progress),
  commitment_progress_row(commitment_progress)
  to ovop_api;
