-- Products: made by one UMKM or one village enterprise, in one village or several, with their
-- market steps.

-- One step to a market, with its evidence. A wrong step stays, and another step reverses it.
create type market_step as (
  id         uuid,
  level      text,
  reached_on date,
  evidence   text,
  export_id  uuid,   -- the verified export that added the step
  reverses   uuid,   -- the step that this one reverses
  created_at timestamptz(3),
  created_by uuid
);

-- The steps that are not reversed: the farthest market first, then the earliest day.
create function market_steps_effective(steps market_step[]) returns setof market_step
language sql immutable parallel safe as $$
  select s.*
    from unnest(steps) s
   where s.reverses is null
     and not exists (select from unnest(steps) r where r.reverses = s.id)
   order by array_position('{local,district,province,national,international}', s.level) desc, s.reached_on, s.id
$$;

-- A generated column calls this function. pg_dump creates the table with an empty search_path, so
-- the body names its schema.
create function market_reach(steps market_step[]) returns text
language plpgsql immutable parallel safe as $$
begin
  if cardinality(steps) > 0 then
    return (select s.level from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;

create function market_reached_on(steps market_step[]) returns date
language plpgsql immutable parallel safe as $$
begin
  if cardinality(steps) > 0 then
    return (select s.reached_on from public.market_steps_effective(steps) s limit 1);
  end if;
  return null;
end
$$;

create table product (
  umkm_id uuid constraint product_umkm_id__exists references umkm (id),
  village_enterprise_id uuid constraint product_village_enterprise_id__exists references village_enterprise (id),
  name text not null,
  name_en text,
  story text,
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
    name || ' ' || coalesce(name_en, '') || ' ' || coalesce(brand, '') || ' ' || coalesce(story, '') || ' '
    || coalesce(story_en, ''))) stored
);

call business_table('product', shared => true);

create index on product (name, id) where deleted_at is null;
create index on product (created_at, id) where deleted_at is null;
create index on product (updated_at, id) where deleted_at is null;
create index on product (village_code, name, id) where deleted_at is null;
create index on product (status, updated_at, id) where deleted_at is null;
create index on product (category, name, id) where deleted_at is null;
create index on product (market_reach, name, id) where deleted_at is null;
create index on product (hs_code, name, id) where deleted_at is null;
create index on product (umkm_id) where deleted_at is null;
create index on product (village_enterprise_id) where deleted_at is null;
create index on product (name, id) where (change_request).status = 'open' and deleted_at is null;
create index on product (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on product using gin (villages) where deleted_at is null;
create index on product using gin (villages) where deleted_at is null and cardinality(villages) > 1;
create index on product using gin (district_codes) where deleted_at is null;
create index on product using gin (search) where deleted_at is null;

call restrict_processing('product', 'umkm_id');

grant execute on function
  market_steps_effective(market_step[]), market_reach(market_step[]),
  market_reached_on(market_step[])
  to ovop_api;
