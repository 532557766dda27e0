-- Buyers: the customers of the villages. Their contact persons are sealed.

create table buyer (
  name text not null,
  kind text not null constraint buyer_kind__enum
    check (kind in ('importer', 'distributor', 'wholesaler', 'retailer', 'processor', 'aggregator', 'marketplace', 'other')),
  country_code text not null,
  website text,
  notes text,
  contact_name sealed,
  contact_phone sealed,
  contact_email sealed,
  village_code text not null constraint buyer_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', name)) stored
);

call business_table('buyer', write_scope => 'exports:write', workflow => null);

create index on buyer (name, id) where deleted_at is null;
create index on buyer (updated_at, id) where deleted_at is null;
create index on buyer (village_code, name, id) where deleted_at is null;
create index on buyer (district_code, name, id) where deleted_at is null;
create index on buyer (country_code, name, id) where deleted_at is null;
create index on buyer (kind, name, id) where deleted_at is null;
create index on buyer using gin (search) where deleted_at is null;

call keep_personal('buyer', '{"contact_name": null, "contact_phone": null, "contact_email": null}', ends_at => 'updated_at');
