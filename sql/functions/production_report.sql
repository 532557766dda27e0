-- Monthly production reports of UMKM.

call business_triggers('production_report');

-- The village of a UMKM, or null if the caller may not report for it. The function is a definer,
-- since some systems may report but not read the register. A system does not see a UMKM whose
-- processing is restricted.
create function production_report_village(umkm_id uuid) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (select u.village_code
            from umkm u
           where u.id = umkm_id
             and u.deleted_at is null
             and (claim_role() is null or in_scope(u.village_code))
             and (claim_role() is distinct from 'system' or u.id <> all (umkm_restricted())));
end
$$;

-- A correction needs a reason. Once it is verified, the report keeps the old values in
-- `corrections`.
create function production_report_correct() returns trigger
language plpgsql as $$
declare
  was   change_request := old.change_request;
  asked change_request := new.change_request;
begin
  if asked.status = 'open' and asked.id is distinct from was.id then
    if asked.patch - 'reason' = '{}' then
      return old;
    end if;
    if not asked.patch ? 'reason' then
      perform refuse('validation_failed', violation('/reason', 'required'));
    end if;
  elsif asked.status = 'verified' and was.status = 'open' then
    asked.note := was.patch ->> 'reason';
    asked.patch := (select jsonb_object_agg(p.key, jsonb_build_array(to_jsonb(old) -> p.key, p.value))
                      from jsonb_each(was.patch - 'reason') p);
    new.corrections := old.corrections || asked;
  end if;
  new.reason := null;
  return new;
end
$$;

-- Runs after the trigger of the workflow: PostgreSQL fires triggers in the order of their names.
create trigger correction before update on production_report for each row execute function production_report_correct();

-- Whether one reports the month for all products together, and the other for one product.
create function production_report_excludes(r production_report, o production_report) returns boolean
language sql immutable parallel safe as $$
  select o.umkm_id = r.umkm_id and o.month = r.month and (o.product_id is null) <> (r.product_id is null)
         and o.deleted_at is null
$$;

create function violations(r production_report) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'exists', r.version = 1  -- the UMKM may move later
           and (production_report_village(r.umkm_id) = r.village_code) is not true),
        ('/product_id', 'exists', r.product_id is not null  -- the product may move later, too
           and not exists (select from export_products(array[r.product_id]) p where p.umkm_id = r.umkm_id)
           and not exists (select
                             from production_report o
                            where o.id = r.id
                              and o.product_id = r.product_id
                              and o.umkm_id = r.umkm_id)),
        ('/product_id', 'month_together', r.version = 1 and exists (select
                                                                      from production_report o
                                                                     where production_report_excludes(r, o)
                                                                       and o.status = 'verified')),
        ('/month', 'future', r.month > to_char(today(), 'YYYY-MM')),
        ('/unit', 'together', (r.volume is null) <> (r.unit is null)),
        ('/turnover_idr', 'required', num_nonnulls(r.volume, r.turnover_idr, r.workers_male, r.workers_female) = 0),
        ('/corrections', 'range', cardinality(r.corrections) >= 100 and (r.change_request).status = 'open')
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on production_report
   for each row execute function refuse_violations();
create trigger violations_unique before insert or update on production_report for each row execute function refuse_duplicates();

-- Values that are allowed but probably wrong. A turnover above ten times the previous one, or below
-- a tenth of it, suggests a wrong number of zeros.
create function production_report_warnings(r production_report) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', trim_scale(r.volume)::text))
                    filter (where rule.doubtful), '[]')
    from (values
      ('/turnover_idr', 'turnover_jump', (select r.turnover_idr not between b.turnover_idr / 10 and b.turnover_idr * 10
                                            from production_report b
                                           where b.umkm_id = r.umkm_id
                                             and b.product_id is not distinct from r.product_id
                                             and b.month < r.month
                                             and b.turnover_idr > 0
                                             and b.status not in ('rejected', 'archived')
                                             and b.deleted_at is null
                                           order by b.month desc, b.status = 'verified' desc, b.id desc
                                           limit 1)),
      ('/month', 'before_founding', r.month < (select to_char(u.founded_on, 'YYYY-MM') from umkm u where u.id = r.umkm_id)),
      ('/turnover_idr', 'implausible', r.turnover_idr > 50000000000),
      ('/volume', 'thousands_point', r.volume::text ~ '^[1-9][0-9]{0,2}[.][0-9]{2}0$'),
      ('/volume', 'implausible', r.volume > 10000000),
      ('/workers_male', 'implausible', r.workers_male > 500),
      ('/workers_female', 'implausible', r.workers_female > 500),
      ('/unit', 'unit_differs', exists (select from product p where p.id = r.product_id and unit_base(p.unit) <> unit_base(r.unit)))
    ) as rule (pointer, code, doubtful)
$$;

-- The turnover and the workers of a UMKM in each month that it reported. The turnover of the
-- products is summed. Workers belong to the UMKM, not to a product, so the greatest number counts.
-- Without verified_only, a submitted report counts only if no verified one covers its month and
-- product. Of several submitted ones the last counts, and those of single products come before one
-- of all together.
create function production_report_months(umkm_id uuid, since text, upto text, verified_only boolean)
returns table (month text, turnover_idr numeric, workers_total integer)
language sql stable as $$
  select r.month, sum(r.turnover_idr), max(r.workers_total)
    from production_report r
   where r.umkm_id = production_report_months.umkm_id
     and r.month between since and upto
     and r.deleted_at is null
     and (r.status = 'verified'
          or not verified_only
             and r.status = 'submitted'
             and not exists (select
                               from production_report o
                              where o.umkm_id = r.umkm_id
                                and o.month = r.month
                                and o.deleted_at is null
                                and (o.status = 'verified'
                                     and (o.product_id is not distinct from r.product_id or o.product_id is null
                                          or r.product_id is null)
                                     or o.status = 'submitted'
                                        and (o.product_id is not distinct from r.product_id and o.id > r.id
                                             or o.product_id is not null and r.product_id is null))))
   group by r.month
$$;

create function production_report_row(r production_report, expand text[] default null)
returns table (id uuid, umkm_id uuid, product_id uuid, month text, volume text, unit text, turnover_idr bigint,
  workers_male integer, workers_female integer, workers_total integer, corrections json, village_code text, district_code text,
  umkm json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz,
  verified_by uuid)
language sql stable as $$
  select r.id, r.umkm_id, r.product_id, r.month, r.volume::text, r.unit, r.turnover_idr, r.workers_male, r.workers_female,
         r.workers_total,
         (select coalesce(json_agg(json_build_object(
                            'id', c.id, 'reason', c.note,
                            'changes', (select json_agg(json_build_object('member', m.key, 'old', m.value ->> 0,
                                                                          'new', m.value ->> 1) order by m.key)
                                          from jsonb_each(c.patch) m),
                            'requested_at', utc_text(c.requested_at), 'requested_by', c.requested_by,
                            'verified_at', utc_text(c.decided_at), 'verified_by', c.decided_by) order by c.position), '[]')
            from unnest(r.corrections) with ordinality c (id, status, patch, note, requested_at, requested_by, decided_at,
                                                          decided_by, position)),
         r.village_code, r.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(r.umkm_id) b) end,
         w.warnings, r.status, r.status_note, c.brief, a.allowed_actions, r.version, r.source, r.created_at, r.created_by,
         r.updated_at, r.updated_by, r.verified_at, r.verified_by
    from production_report_warnings(r) v, duplicate_warnings(r, v.warnings) w, change_request_brief(r.change_request) c,
         allowed_actions('production_report', r.status, r.writers, r.village_code, r.change_request) a
$$;

grant execute on function
  production_report_village(uuid), production_report_excludes(production_report, production_report),
  violations(production_report), production_report_months(uuid, text, text, boolean),
  production_report_warnings(production_report), production_report_row(production_report, text[])
  to ovop_api;

call duplicate_rules('production_report');

call list_rows('production_report');
