-- Outcomes: changes for a UMKM after mentoring.

call business_triggers('outcome');

-- The day when the UMKM first attended the outcome's session or programme. Null if it never did.
create function outcome_mentored_on(o outcome) returns date
language sql stable as $$
  select day_of(min(s.starts_at))
    from mentoring_participant p
         join mentoring_session s on s.id = p.session_id
   where p.umkm_id = o.umkm_id
     and p.attended
     and p.deleted_at is null
     and (s.id = o.session_id or s.program_id = o.program_id)
$$;

create function violations(o outcome) returns jsonb
language plpgsql stable as $$
declare
  mentored_on date := outcome_mentored_on(o);
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', not exists (select from umkm u where u.id = o.umkm_id and u.deleted_at is null)),
        ('/session_id', 'one_source', num_nonnulls(o.session_id, o.program_id) <> 1),
        ('/session_id', 'not_attended', o.session_id is not null and mentored_on is null),
        ('/program_id', 'not_attended', o.program_id is not null and mentored_on is null),
        ('/description', 'required', o.kind = 'other' and o.description is null),
        ('/observed_on', 'future', o.observed_on > today()),
        ('/observed_on', 'before_mentoring', o.observed_on < mentored_on),
        ('/value_after', 'together', num_nulls(o.value_before, o.value_after, o.unit) not in (0, 3)),
        ('/value_after', 'required', o.kind in ('price_rise', 'sales_rise') and o.value_after is null),
        ('/value_after', 'not_risen', o.kind in ('price_rise', 'sales_rise') and o.value_after <= o.value_before),
        ('/evidence', 'required', o.status in ('submitted', 'verified') and o.evidence = '[]')
       union all
      select format('/evidence/%s/date', e.position - 1), 'future', (e.document ->> 'date')::date > today()
        from jsonb_array_elements(o.evidence) with ordinality e (document, position)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on outcome for each row execute function refuse_violations();

-- Refuses a change of attendance or session that would leave an outcome without its mentoring.
-- Argument: the column that names the session.
create function outcome_still_mentored() returns trigger
language plpgsql as $$
begin
  if exists (select
               from mentoring_participant p
                    join outcome o on o.umkm_id = p.umkm_id
              where p.session_id = (to_jsonb(new) ->> tg_argv[0])::uuid
                and o.deleted_at is null
                and o.status not in ('rejected', 'archived')
                and (o.observed_on >= outcome_mentored_on(o)) is not true) then
    perform refuse('state_conflict', violation('/id', 'in_use'));
  end if;
  return null;
end
$$;

create trigger still_mentored after update on mentoring_participant
   for each row when (old.attended and (new.attended is not true or new.deleted_at is not null))
   execute function outcome_still_mentored('session_id');
create trigger still_mentored after update on mentoring_session
   for each row when ((old.program_id, old.starts_at) is distinct from (new.program_id, new.starts_at))
   execute function outcome_still_mentored('id');

create function outcome_row(o outcome, expand text[] default null)
returns table (id uuid, umkm_id uuid, session_id uuid, program_id uuid, kind text, description text, observed_on date,
  value_before text, value_after text, unit text, evidence json, village_code text, district_code text, umkm json, session json,
  program json, status text, status_note text, allowed_actions json, version integer, source text, created_at timestamptz,
  created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select o.id, o.umkm_id, o.session_id, o.program_id, o.kind, o.description, o.observed_on, o.value_before::text,
         o.value_after::text, o.unit,
         (select coalesce(json_agg(json_build_object('kind', e.kind, 'number', e.number, 'date', e.date, 'issuer', e.issuer)),
                          '[]')
            from jsonb_to_recordset(o.evidence) as e (kind text, number text, date text, issuer text)),
         o.village_code, o.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(o.umkm_id) b) end,
         case when 'session' = any (expand)
              then (select b.brief from mentoring_session s, mentoring_session_brief(s) b where s.id = o.session_id) end,
         case when 'program' = any (expand) then (select b.brief from training_program_brief(o.program_id) b) end,
         o.status, o.status_note, a.allowed_actions, o.version, o.source, o.created_at, o.created_by, o.updated_at,
         o.updated_by, o.verified_at, o.verified_by
    from allowed_actions('outcome', o.status, o.writers, o.village_code) a
$$;

grant execute on function
  outcome_mentored_on(outcome), violations(outcome), outcome_row(outcome, text[])
  to ovop_api;

call list_rows('outcome');
