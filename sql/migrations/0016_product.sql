-- Products: made by one UMKM or one village enterprise, of one village or several, with the way they went to market.

-- One step to a market, with what proves it. A step that was wrong stays and is reversed by another one.
create type market_step as (
  id         uuid,
  level      text,
  reached_on date,
  evidence   text,
  export_id  uuid,   -- the verified export that lifted the product
  reverses   uuid,   -- the step that this one takes back
  created_at timestamptz(3),
  created_by uuid
);

-- The steps that hold, the farthest first, and of one level the earliest.
create function market_steps_effective(steps market_step[]) returns setof market_step
language sql immutable parallel safe as $$
  select s.*
    from unnest(steps) s
   where s.reverses is null
     and not exists (select from unnest(steps) r where r.reverses = s.id)
   order by array_position('{local,district,province,national,international}', s.level) desc, s.reached_on, s.id
$$;

create function market_reach(steps market_step[]) returns text
language sql immutable parallel safe as $$
  select s.level from market_steps_effective(steps) s limit 1
$$;

create function market_reached_on(steps market_step[]) returns date
language sql immutable parallel safe as $$
  select s.reached_on from market_steps_effective(steps) s limit 1
$$;

create table product (
  umkm_id uuid constraint product_umkm_id__exists references umkm (id),
  village_enterprise_id uuid constraint product_village_enterprise_id__exists references village_enterprise (id),
  name_id text not null,
  name_en text,
  story_id text,
  story_en text,
  brand text,
  category text not null,
  hs_code text constraint product_hs_code__pattern check (hs_code ~ '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'),
  hs_edition text,
  price_min_idr bigint constraint product_price_min_idr__range check (price_min_idr >= 0),
  price_max_idr bigint constraint product_price_max_idr__range check (price_max_idr >= 0),
  unit text constraint product_unit__enum
    check (unit in ('kg', 'g', 'l', 'ml', 'm', 'piece', 'pack', 'bottle', 'jar', 'box', 'set', 'sheet', 'head', 'visit',
                    'other')),
  moq integer constraint product_moq__range check (moq >= 1),
  monthly_capacity integer constraint product_monthly_capacity__range check (monthly_capacity >= 0),
  shelf_life_days integer constraint product_shelf_life_days__range check (shelf_life_days >= 1),
  market_steps market_step[] not null default '{}',
  village_code text not null constraint product_village_code__exists references village (code),
  villages text[] not null constraint product_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  market_reach text generated always as (market_reach(market_steps)) stored,
  market_reached_on date generated always as (market_reached_on(market_steps)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    name_id || ' ' || coalesce(name_en, '') || ' ' || coalesce(brand, '') || ' ' || coalesce(story_id, '') || ' '
    || coalesce(story_en, ''))) stored
);

call business_table('product', shared => true);

create index on product (name_id, id) where deleted_at is null;
create index on product (created_at, id) where deleted_at is null;
create index on product (updated_at, id) where deleted_at is null;
create index on product (village_code, status, name_id, id) where deleted_at is null;
create index on product (status, updated_at, id) where deleted_at is null;
create index on product (category, name_id, id) where deleted_at is null;
create index on product (market_reach, name_id, id) where deleted_at is null;
create index on product (hs_code, name_id, id) where deleted_at is null;
create index on product (umkm_id) where deleted_at is null;
create index on product (village_enterprise_id) where deleted_at is null;
create index on product (name_id, id) where (change_request).status = 'open' and deleted_at is null;
create index on product (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on product using gin (villages) where deleted_at is null;
create index on product using gin (district_codes) where deleted_at is null;
create index on product using gin (search) where deleted_at is null;

create function product_violations(p product) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code, p.villages)
             union all
            values
        ('/umkm_id', 'one_producer', num_nonnulls(p.umkm_id, p.village_enterprise_id) <> 1),
        ('/umkm_id', 'exists', p.umkm_id is not null
           and not exists (select from umkm u
                            where u.id = p.umkm_id and u.deleted_at is null and u.village_code = any (p.villages))),
        ('/village_enterprise_id', 'exists', p.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = p.village_enterprise_id and e.deleted_at is null and p.villages <@ e.villages)),
        ('/category', 'exists', not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/hs_edition', 'together', (p.hs_code is null) <> (p.hs_edition is null)),
        ('/hs_code', 'exists', not exists (select from reference c
                                            where c.list = 'hs' and c.code = p.hs_code and c.edition = p.hs_edition)
                               and p.hs_code is not null and p.hs_edition is not null),
        ('/price_max_idr', 'below_minimum', p.price_max_idr < p.price_min_idr),
        ('/unit', 'required', p.unit is null and num_nonnulls(p.price_min_idr, p.price_max_idr, p.moq, p.monthly_capacity) > 0),
        -- Those of exports are not counted: no export must wait for room.
        ('/market_steps', 'range', (select count(*) from unnest(p.market_steps) s where s.export_id is null) > 100),
        ('/reached_on', 'future', exists (select from unnest(p.market_steps) s where s.reached_on > today())),
        -- What is taken back is a step of the same level, not itself a taking back, and an export's only with the export.
        ('/reverses', 'exists', exists (select
                                          from unnest(p.market_steps) r
                                               left join unnest(p.market_steps) s
                                                 on s.id = r.reverses and s.reverses is null and s.level = r.level
                                                    and s.export_id is not distinct from r.export_id
                                         where r.reverses is not null
                                           and s.id is null)),
        ('/reverses', 'unique', exists (select from unnest(p.market_steps) r where r.reverses is not null
                                         group by r.reverses having count(*) > 1))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

-- app.steps names a product to which an export adds a step: what else is wrong with it by now is not the export's to answer for.
create trigger violations before insert or update on product
   for each row when (current_setting('app.steps', true) is distinct from new.id::text) execute function refuse_violations();

-- A producer with products stays.
create trigger in_use_product before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('product', 'umkm_id');
create trigger in_use_product before update on village_enterprise
   for each row when (new.deleted_at is not null) execute function refuse_in_use('product', 'village_enterprise_id');

-- What is likely a mistake but may be right.
create function product_warnings(p product) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/hs_edition', 'superseded', exists (select from reference c
                                             where c.list = 'hs' and c.code = p.hs_code and c.edition = p.hs_edition
                                               and c.valid_to < today())),
      ('/hs_code', 'hs_heading', length(p.hs_code) < 8),
      ('/name_en', 'untranslated', p.name_en is null and p.market_reach = 'international')
    ) as rule (pointer, code, doubtful)
$$;

create function product_row(p product, expand text[] default null)
returns table (id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text, hs_code text,
  hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer,
  shelf_life_days integer, umkm_id uuid, village_enterprise_id uuid, village_code text, villages json, market_reach text,
  market_reached_on date, village json, producer json, warnings json, status text, status_note text, change_request json,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, p.hs_code, p.hs_edition, p.price_min_idr,
         p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days, p.umkm_id, p.village_enterprise_id,
         p.village_code, to_json(p.villages), p.market_reach, p.market_reached_on,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case when 'producer' = any (expand)
              then (select json_build_object('id', m.id, 'kind', m.kind, 'name', m.name, 'village_code', m.village_code)
                      from (select u.id, 'umkm', u.name, u.village_code from umkm u where u.id = p.umkm_id
                             union all
                            select e.id, 'village_enterprise', e.name, e.village_code
                              from village_enterprise e
                             where e.id = p.village_enterprise_id) m (id, kind, name, village_code)) end,
         w.warnings, p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source,
         p.created_at, p.created_by, p.updated_at, p.updated_by, p.verified_at, p.verified_by
    from product_warnings(p) w, change_request_brief(p.change_request) c,
         allowed_actions('product', p.status, p.writers, p.village_code, p.change_request) a
$$;

-- A product as other records show it under `expand`.
create function product_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', p.id, 'name_id', p.name_id, 'name_en', p.name_en, 'category', p.category)
    from product p
   where p.id = product_brief.id
$$;

-- All steps of a product, also those that an open change request would add.
create function product_market_step_row(p product)
returns table (id uuid, level text, reached_on date, evidence text, export_id uuid, reverses uuid, state text,
  created_at timestamptz, created_by uuid)
language sql stable as $$
  select s.id, s.level, s.reached_on, s.evidence, s.export_id, s.reverses,
         case
           when not exists (select from unnest(p.market_steps) m where m.id = s.id) then 'pending'
           when s.reverses is not null then 'reversing'
           when exists (select from unnest(p.market_steps) m where m.reverses = s.id) then 'reversed'
           else 'effective'
         end,
         s.created_at, s.created_by
    from (select m.* from unnest(p.market_steps) m
           union
          select m.*
            from jsonb_populate_recordset(null::market_step, (p.change_request).patch -> 'market_steps') m
           where (p.change_request).status = 'open') s
$$;

-- Adds a step that was decided with another record: in every status, past change requests, and into the open one.
create function product_market_step_add(product_id uuid, step market_step) returns void
language plpgsql as $$
begin
  perform set_config('app.applies', product_id::text, true), set_config('app.steps', product_id::text, true);
  update product p
     set market_steps = p.market_steps || step,
         change_request = case when (p.change_request).patch ? 'market_steps'
                               then jsonb_populate_record(p.change_request, jsonb_build_object('patch',
                                      jsonb_set((p.change_request).patch, '{market_steps}',
                                                (p.change_request).patch -> 'market_steps' || to_jsonb(step))))
                               else p.change_request
                          end
   where p.id = product_id
     and p.deleted_at is null;
  perform set_config('app.applies', '', true), set_config('app.steps', '', true);
end
$$;

-- A verified export makes its product international, from that day.
create function product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text) returns void
language sql volatile as $$
  select product_market_step_add(product_id,
    row(uuid_v7(), 'international', reached_on, evidence, export_id, null, now(), claim_subject())::market_step)
$$;

-- An export that is reversed takes its steps back.
create function product_market_unlift(product_id uuid, export_id uuid, evidence text) returns void
language sql volatile as $$
  select product_market_step_add(p.id,
           row(uuid_v7(), s.level, today(), product_market_unlift.evidence, s.export_id, s.id, now(),
               claim_subject())::market_step)
    from product p, market_steps_effective(p.market_steps) s
   where p.id = product_id
     and s.export_id = product_market_unlift.export_id
$$;

call restrict_processing('product', 'umkm_id');

grant execute on function
  market_steps_effective(market_step[]), market_reach(market_step[]), market_reached_on(market_step[]),
  product_violations(product), product_warnings(product), product_row(product, text[]), product_brief(uuid),
  product_market_step_row(product)
  to ovop_api;
grant execute on function
  product_market_step_add(uuid, market_step), product_market_lift(uuid, uuid, date, text),
  product_market_unlift(uuid, uuid, text)
  to ovop_dinas;
