-- Aspirations: what a village asks for on a visit.

call business_triggers('aspiration');

create function violations(a aspiration) returns jsonb
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

create trigger violations before insert or update on aspiration for each row execute function refuse_violations();

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

grant execute on function
  violations(aspiration), aspiration_row(aspiration, text[])
  to ovop_api;

call list_rows('aspiration');
