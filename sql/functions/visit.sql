-- Visits (sambang desa).

call business_triggers('visit');

create function violations(v visit) returns jsonb
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
        ('/villages', 'in_use', link_dropped('visit', v.id, v.villages))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on visit for each row execute function refuse_violations();

-- A visit with aspirations or commitments cannot be cancelled.
create trigger in_use_cancelled before update on visit
   for each row when (new.status = 'cancelled') execute function refuse_in_use();

-- An aspiration or commitment needs a visit that is not cancelled and includes its village. The
-- lock prevents a cancellation meanwhile.
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

-- The short form that `expand` puts into aspirations and commitments.
create function visit_brief(visit_id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', v.id, 'visited_on', v.visited_on, 'purpose', v.purpose, 'led_by', v.led_by, 'status', v.status)
    from visit v
   where v.id = visit_id
$$;

grant execute on function
  violations(visit), visit_row(visit, text[]), visit_brief(uuid)
  to ovop_api;

call list_rows('visit');
