-- The public catalogue: published records in their own views, under policies and column grants of
-- the role ovop_public.

create policy public_select on umkm for select to ovop_public using (status = 'published' and deleted_at is null);
create policy public_select on village_enterprise for select to ovop_public using (status = 'published' and deleted_at is null);
create policy public_select on product for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, name, kbli_code, kbli_edition, legal_form, founded_on, size_class, village_code, district_code, search, status,
              version, updated_at, deleted_at) on umkm to ovop_public;
grant select (id, name, kind, legal_number, established_on, unit_businesses, rank, rank_year, village_code, villages,
              district_codes, kbli_codes, search, status, version, updated_at, deleted_at) on village_enterprise to ovop_public;
grant select (id, name, name_en, story, story_en, brand, category, hs_code, hs_edition, price_min_idr, price_max_idr, unit,
              moq, monthly_capacity, shelf_life_days, umkm_id, village_enterprise_id, village_code, villages, district_codes,
              market_reach, market_reached_on, search, status, version, updated_at, deleted_at) on product to ovop_public;

create index on umkm (name, id) where status = 'published' and deleted_at is null;
create index on umkm (updated_at, id) where status = 'published' and deleted_at is null;
create index on village_enterprise (name, id) where status = 'published' and deleted_at is null;
create index on village_enterprise (updated_at, id) where status = 'published' and deleted_at is null;
create index on product (name, id) where status = 'published' and deleted_at is null;
create index on product (updated_at, id) where status = 'published' and deleted_at is null;
create index on product (category, name, id) where status = 'published' and deleted_at is null;
create index on product (market_reach, name, id) where status = 'published' and deleted_at is null;

-- The public contact of the Dinas, shown if an owner did not agree to be contacted.
create table dinas_contact (
  name text not null,
  phone text,
  whatsapp text,
  email text,
  links text[] not null default '{}'
);

create unique index dinas_contact_one on dinas_contact ((true));
