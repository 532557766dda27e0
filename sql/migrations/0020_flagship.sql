-- Flagships: a village's one product, by decree, for a period.

-- Every role may execute an extension's functions, so extensions have a schema of their own.
create schema extension;

create extension btree_gist with schema extension;

create table flagship (
  product_id uuid not null constraint flagship_product_id__exists references product (id),
  decree_number text not null,
  decreed_on date not null,
  valid_from date not null,
  -- The last day is included.
  valid_to date constraint flagship_valid_to__before_start check (valid_to >= valid_from),
  village_code text not null constraint flagship_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored
);

call business_table('flagship', writers => '{dinas}');

-- A village has one flagship at a time: verified and published periods never overlap.
alter table flagship add constraint flagship_valid_from__one_flagship
  exclude using gist (village_code with =, daterange(valid_from, valid_to, '[]') with &&)
    where (status in ('verified', 'published') and deleted_at is null);

create index on flagship (valid_to) where status in ('verified', 'published') and deleted_at is null;
create index on flagship (valid_from, id) where deleted_at is null;
create index on flagship (updated_at, id) where deleted_at is null;
create index on flagship (village_code, valid_from, id) where deleted_at is null;
create index on flagship (district_code, valid_from, id) where deleted_at is null;
create index on flagship (status, valid_from, id) where deleted_at is null;
create index on flagship (product_id, valid_from, id) where deleted_at is null;
create index on flagship (valid_from, id) where (change_request).status = 'open' and deleted_at is null;

create policy public_select on flagship for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (product_id, village_code, decree_number, decreed_on, valid_from, valid_to, status, deleted_at)
   on flagship to ovop_public;
