-- Village potentials, in four stages: identified, assessed, piloted, product.

create table village_potential (
  commodity text not null,
  kind text not null constraint village_potential_kind__enum
    check (kind in ('farming', 'plantation', 'forestry', 'livestock', 'fishery', 'mining', 'food', 'craft', 'culture', 'tourism',
                    'services', 'other')),
  category text,
  quantity numeric(13, 3) constraint village_potential_quantity__range check (quantity > 0),
  unit text constraint village_potential_unit__enum
    check (unit in ('ha', 'm2', 'kg', 't', 'l', 'm3', 'head', 'tree', 'piece', 'household', 'visitor', 'other')),
  season_months integer[] constraint village_potential_season_months__range
    check (season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'),
  description text,
  description_en text,
  stage text not null default 'identified' constraint village_potential_stage__enum
    check (stage in ('identified', 'assessed', 'piloted', 'product')),
  product_id uuid constraint village_potential_product_id__exists references product (id),
  village_code text not null constraint village_potential_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    commodity || ' ' || coalesce(description, '') || ' ' || coalesce(description_en, ''))) stored
);

call business_table('village_potential');

create index on village_potential (commodity, id) where deleted_at is null;
create index on village_potential (created_at, id) where deleted_at is null;
create index on village_potential (updated_at, id) where deleted_at is null;
create index on village_potential (village_code, status, commodity, id) where deleted_at is null;
create index on village_potential (district_code, commodity, id) where deleted_at is null;
create index on village_potential (status, updated_at, id) where deleted_at is null;
create index on village_potential (kind, commodity, id) where deleted_at is null;
create index on village_potential (category, commodity, id) where deleted_at is null;
create index on village_potential (stage, commodity, id) where deleted_at is null;
create index on village_potential (product_id) where deleted_at is null;
create index on village_potential (commodity, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_potential (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_potential using gin (season_months) where deleted_at is null;
create index on village_potential using gin (search) where deleted_at is null;

create policy public_select on village_potential for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, commodity, kind, category, quantity, unit, season_months, description, description_en, stage, product_id,
              village_code, status, deleted_at) on village_potential to ovop_public;
