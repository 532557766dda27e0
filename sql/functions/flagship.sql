-- Flagships: the one product of each village.

-- Whether a decree is in force on a day. PostgreSQL inlines it, so that an index on valid_to serves
-- it.
create function flagship_in_force(status text, valid_from date, valid_to date, day date) returns boolean
language sql immutable parallel safe as $$
  select status in ('verified', 'published') and valid_from <= day and (valid_to is null or valid_to >= day)
$$;

call business_triggers('flagship');

create function violations(f flagship) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(f.village_code)
             union all
            values
        ('/product_id', 'exists', not exists (select from product p
                                               where p.id = f.product_id and p.deleted_at is null
                                                 and f.village_code = any (p.villages))),
        ('/decreed_on', 'future', f.decreed_on > today()),
        ('/valid_to', 'before_start', f.valid_to < f.valid_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on flagship for each row execute function refuse_violations();
create trigger violations_unique before insert or update on flagship for each row execute function refuse_duplicates();

-- Warns if the product has left the village, and if the flagship stays out of the catalogue.
create function flagship_warnings(f flagship) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from product_at(f.product_id) p,
         lateral (values
           ('/product_id', 'other_village', f.village_code <> all (p.villages) and f.status not in ('rejected', 'archived')
                                            and (f.valid_to is null or f.valid_to >= today())),
           ('/product_id', 'unpublished', p.status <> 'published')
         ) as rule (pointer, code, doubtful)
$$;

create function flagship_row(f flagship, expand text[] default null)
returns table (id uuid, product_id uuid, village_code text, district_code text, decree_number text, decreed_on date,
  valid_from date, valid_to date, current boolean, village json, product json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select f.id, f.product_id, f.village_code, f.district_code, f.decree_number, f.decreed_on, f.valid_from, f.valid_to,
         flagship_in_force(f.status, f.valid_from, f.valid_to, today()),
         case when 'village' = any (expand) then (select b.brief from village_brief(f.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(f.product_id) b) end,
         w.warnings, f.status, f.status_note, c.brief, a.allowed_actions, f.version, f.source, f.created_at, f.created_by,
         f.updated_at, f.updated_by, f.verified_at, f.verified_by
    from flagship_warnings(f) v, duplicate_warnings(f, v.warnings) w, change_request_brief(f.change_request) c,
         allowed_actions('flagship', f.status, f.writers, f.village_code, f.change_request) a
$$;

grant execute on function
  flagship_in_force(text, date, date, date), violations(flagship), flagship_warnings(flagship),
  flagship_row(flagship, text[])
  to ovop_api;

call duplicate_rules('flagship');

call list_rows('flagship');
