-- Village potentials: goods and services that a village could offer.

call business_triggers('village_potential');

create function village_potential_step(stage text) returns integer
language sql immutable parallel safe as $$
  select array_position('{identified,assessed,piloted,product}', stage)
$$;

create function violations(p village_potential) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code)
             union all
            select * from name_rules('/commodity', p.commodity)
             union all
            values
        ('/category', 'exists', p.category is not null
           and not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/unit', 'together', (p.quantity is null) <> (p.unit is null)),
        -- Reads the stored row. A new record may start at any stage, and a step back is a
        -- correction.
        ('/stage', 'one_step', village_potential_step(p.stage) > 1 + (select village_potential_step(o.stage)
                                                                from village_potential o
                                                               where o.id = p.id)),
        ('/product_id', 'together', (p.product_id is null) = (p.stage = 'product')),
        ('/product_id', 'exists', p.product_id is not null
           and not exists (select from product m
                            where m.id = p.product_id and m.deleted_at is null and p.village_code = any (m.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on village_potential
   for each row execute function refuse_violations();

-- Warns if the product that a potential became has left the village.
create function village_potential_warnings(p village_potential) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', '/product_id', 'code', 'other_village')), '[]')
    from product_at(p.product_id) m
   where p.village_code <> all (m.villages)
     and p.status not in ('rejected', 'archived')
$$;

create function village_potential_row(p village_potential, expand text[] default null)
returns table (id uuid, commodity text, kind text, category text, quantity text, unit text, season_months json,
  description text, description_en text, stage text, product_id uuid, village_code text, district_code text, village json,
  product json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer, source text,
  created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select p.id, p.commodity, p.kind, p.category, trim_scale(p.quantity)::text, p.unit, to_json(p.season_months),
         p.description, p.description_en, p.stage, p.product_id, p.village_code, p.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(p.product_id) b) end,
         w.warnings, p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source, p.created_at, p.created_by, p.updated_at,
         p.updated_by, p.verified_at, p.verified_by
    from village_potential_warnings(p) w, change_request_brief(p.change_request) c,
         allowed_actions('village_potential', p.status, p.writers, p.village_code, p.change_request) a
$$;

grant execute on function
  village_potential_step(text), violations(village_potential), village_potential_warnings(village_potential),
  village_potential_row(village_potential, text[])
  to ovop_api;

call list_rows('village_potential');
