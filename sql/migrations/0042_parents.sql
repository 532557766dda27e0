-- A record that is being referred to and one that is being deleted or closed, at the same time: one of the two waits for the
-- other and then sees what it did. Who refers takes the lock that the foreign key will take anyway, before the rules look at the other
-- record; who deletes takes the one that waits for all of those.

create or replace function refuse_in_use() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  used boolean;
begin
  execute format('select from %I where id = $1 for update', tg_table_name) using new.id;
  execute format('select exists (select from %I where %s and deleted_at is null)', tg_argv[0],
                 format(case when tg_argv[1] like '%\_ids' then '%I @> array[$1]' else '%I = $1' end, tg_argv[1]))
     into used using new.id;
  if used then
    perform refuse('state_conflict', violation('/id', 'in_use'));
  end if;
  return new;
end
$$;

-- A programme ends, either way, with no session left to come.
create or replace function training_program_over() returns trigger
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

-- Each trigger that calls refuse_in_use() names a table that refers to its own, and by which column. Gives every such table a trigger
-- `refers` that locks what a row begins to refer to; one function each, so that its plans are kept. Definers, because the record may
-- not be the caller's to write. To be called again after a migration that adds such a trigger.
create procedure hold_parents()
language plpgsql set client_min_messages = warning as $$
declare
  child record;
begin
  for child in
    select a.words[1] as name, bool_or(a.words[2] like '%\_ids') as computed,
           string_agg(format($body$
  if new.%2$I is not null and (tg_op = 'INSERT' or new.%2$I is distinct from old.%2$I) then
    perform from %1$I where id = %3$s for key share;
  end if;$body$, t.tgrelid::regclass, a.words[2],
                             format(case when a.words[2] like '%\_ids' then 'any (new.%I)' else 'new.%I' end, a.words[2])),
                      '' order by t.tgrelid::regclass::text, a.words[2]) as locks
      from pg_trigger t,
           lateral (select string_to_array(encode(t.tgargs, 'escape'), '\000') as words) a
     where t.tgfoid = 'refuse_in_use'::regproc
     group by 1
  loop
    execute format('create or replace function %I() returns trigger language plpgsql security definer'
                   ' set search_path = public, pg_temp as %L', child.name || '_hold', format(E'\nbegin%s\n  return new;\nend\n', child.locks));
    execute format('create or replace trigger %I before insert or update on %I for each row execute function %I()',
                   case when child.computed then 'computed_hold' else 'child_hold' end, child.name, child.name || '_hold');
  end loop;
end
$$;

call hold_parents();

-- Its session is named by the address, not by the body: gone is not found.
create function mentoring_action_item_session() returns trigger
language plpgsql as $$
begin
  if exists (select from mentoring_session s where s.id = new.session_id and s.deleted_at is not null) then
    perform refuse('not_found');
  end if;
  return new;
end
$$;

create trigger session_gone before insert on mentoring_action_item for each row execute function mentoring_action_item_session();

-- Who came here holds the parent by the foreign key's lock already: two that asked for the lock of a deletion besides would wait for
-- each other. This one makes them take turns, and still waits for a deletion.
create or replace function mentoring_participant_seat() returns trigger
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
  select * into s from mentoring_session where id = new.session_id for no key update;
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

create or replace function commitment_runs() returns trigger
language plpgsql as $$
declare
  c commitment;
begin
  select * into c from commitment where id = new.commitment_id for no key update;
  if c.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if c.status not in ('open', 'in_progress') then
    perform refuse('state_conflict');
  end if;
  return new;
end
$$;
