-- Commitments made on a visit, and their progress.

call business_triggers('commitment');

call business_triggers('commitment_progress');

create trigger append_only before update or delete on commitment_progress
   for each statement execute function audit_append_only();
create trigger part_written after insert on commitment_progress
   for each row execute function part_written('commitment', 'commitment_id');

create function violations(c commitment) returns jsonb
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

create function violations(p commitment_progress) returns jsonb
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

create trigger violations before insert or update on commitment for each row execute function refuse_violations();
create trigger violations before insert on commitment_progress for each row execute function refuse_violations();

-- Sets the day on which the office reports the commitment done. If the village sends it back, the
-- day becomes null.
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

-- The lock makes an entry of progress and a change that closes the commitment take turns.
create function commitment_runs() returns trigger
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

create trigger runs before insert on commitment_progress for each row execute function commitment_runs();
-- The commitment is not yet reported done, and its due day has passed.
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
  violations(commitment), violations(commitment_progress), commitment_overdue(commitment),
  commitment_progress_last(uuid), commitment_row(commitment, text[]),
  commitment_progress_row(commitment_progress)
  to ovop_api;

call list_rows('commitment');

