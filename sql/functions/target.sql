-- Targets: values of an indicator, to be reached in a period.

call business_triggers('target');

create function violations(t target) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(t.village_code) where t.village_code is not null
             union all
            values
        ('/indicator', 'exists', not exists (select from reference r where r.list = 'indicators' and r.code = t.indicator)),
        ('/district_code', 'exists', t.district_code is not null
           and not exists (select from district d where d.code = t.district_code)),
        ('/district_code', 'one_area', num_nonnulls(t.village_code, t.district_code) = 2),
        ('/period_to', 'before_start', t.period_to < t.period_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on target for each row execute function refuse_violations();
create trigger violations_unique before insert or update on target for each row execute function refuse_duplicates();

create function target_row(t target, expand text[] default null)
returns table (id uuid, indicator text, indicator_name text, indicator_name_en text, unit text, period_from date,
  period_to date, value text, note text, village_code text, district_code text, village json, warnings json, status text,
  status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select t.id, t.indicator, i.name, i.name_en, i.unit, t.period_from, t.period_to, t.value::text, t.note, t.village_code,
         t.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(t.village_code) b) end,
         w.warnings, t.status, t.status_note, c.brief, a.allowed_actions, t.version, t.source, t.created_at, t.created_by,
         t.updated_at, t.updated_by, t.verified_at, t.verified_by
    from duplicate_warnings(t, '[]') w, change_request_brief(t.change_request) c,
         allowed_actions('target', t.status, t.writers, t.village_code, t.change_request) a
         left join reference i on i.list = 'indicators' and i.code = t.indicator and i.edition is null
$$;

grant execute on function
  violations(target), target_row(target, text[])
  to ovop_api;

call duplicate_rules('target');

call list_rows('target');
