-- Participants of mentoring sessions.

call business_triggers('mentoring_participant');

create function violations(p mentoring_participant) returns jsonb
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
                                               and p.version = 1  -- the UMKM may move later
                                               and u.village_code <> all (s.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on mentoring_participant
   for each row execute function refuse_violations();

-- The transaction already holds the session with the lock of the foreign key. If two such
-- transactions also asked for the lock of a deletion, they would deadlock. This lock makes them
-- take turns, and still waits for a deletion.
create function mentoring_participant_seat() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  s mentoring_session;
begin
  -- A new village means that the participant follows its UMKM.
  if not claims_given() or tg_op = 'UPDATE' and new.village_code <> old.village_code then
    return new;
  end if;

  if claim_role() = 'bumdes' and tg_op = 'UPDATE' and new.deleted_at is null then
    perform refuse('forbidden');
  end if;
  select * into s from mentoring_session where id = new.session_id for no key update;
  if s.deleted_at is not null then  -- deleted while this transaction waited
    perform refuse('not_found');
  end if;
  if s.status <> 'planned' and (s.status <> 'held' or claim_role() <> 'dinas') then
    perform refuse('state_conflict', violation('', 'session_closed'));
  end if;
  if tg_op = 'INSERT' and mentoring_session_seats(s.id) >= s.capacity then
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

grant execute on function
  violations(mentoring_participant), mentoring_participant_row(mentoring_participant)
  to ovop_api;
