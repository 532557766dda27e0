-- Action items that a mentoring session agreed on.

call business_triggers('mentoring_action_item');

create function violations(i mentoring_action_item) returns jsonb
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

-- The address names the session, not the body. So a deleted session answers not_found.
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

grant execute on function
  violations(mentoring_action_item), mentoring_action_item_row(mentoring_action_item)
  to ovop_api;

call list_rows('mentoring_action_item');
