-- OVOP stars: rubrics, the district's estimates by a rubric, and awards.

create function star_max_total(criteria jsonb) returns integer
language sql immutable parallel safe as $$
  select sum((c ->> 'max_score')::integer)::integer from jsonb_array_elements(criteria) c
$$;

create table star_rubric (
  id uuid constraint star_rubric_id__unique primary key default uuid_v7(),
  scheme text not null constraint star_rubric_scheme__enum check (scheme in ('district', 'ministry_2007', 'ministry_2021')),
  year integer not null constraint star_rubric_year__range check (year between 2007 and 2100),
  name text not null,
  name_en text not null,
  criteria jsonb not null,  -- [{code, name, name_en, max_score}]
  -- [{stars, min_total, documents: [{any_of: [kind], categories: [category]}]}], from one star up
  levels jsonb not null,
  max_total integer not null generated always as (star_max_total(criteria)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  constraint star_rubric_year__unique unique (scheme, year)
);

create index on star_rubric (year, id);

-- An estimate is the district's own, by a rubric. An award is another body's decision, of which
-- only the result is known.
create table star_assessment (
  product_id uuid not null constraint star_assessment_product_id__exists references product (id),
  kind text not null constraint star_assessment_kind__enum check (kind in ('estimate', 'award')),
  scheme text not null
    constraint star_assessment_scheme__enum check (scheme in ('district', 'ministry_2007', 'ministry_2021')),
  year integer not null constraint star_assessment_year__range check (year between 2007 and 2100),
  rubric_id uuid constraint star_assessment_rubric_id__exists references star_rubric (id),
  scores jsonb not null default '[]',  -- [{criterion, score}]
  -- Set for an award only.
  stars integer constraint star_assessment_stars__range check (stars between 1 and 5),
  certificate_number text,
  awarded_by text,
  awarded_on date,
  note text,
  -- star_assessment_compute() sets these: an estimate's result on the day of its scores, and the
  -- UMKM and villages of the product.
  total integer,
  estimated_stars integer,
  umkm_id uuid,
  village_code text not null constraint star_assessment_village_code__exists references village (code),
  villages text[] not null constraint star_assessment_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  result integer generated always as (coalesce(stars, estimated_stars)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    coalesce(certificate_number, '') || ' ' || coalesce(awarded_by, '') || ' ' || coalesce(note, ''))) stored
);

call business_table('star_assessment', shared => true, writers => '{dinas}');

create unique index star_assessment_year__unique on star_assessment (product_id, scheme, year, kind) where deleted_at is null;

create index on star_assessment (year, id) where deleted_at is null;
create index on star_assessment (updated_at, id) where deleted_at is null;
create index on star_assessment (status, year, id) where deleted_at is null;
create index on star_assessment (kind, year, id) where deleted_at is null;
create index on star_assessment (scheme, year, id) where deleted_at is null;
create index on star_assessment (result, year, id) where deleted_at is null;
create index on star_assessment (umkm_id, year, id) where deleted_at is null;
create index on star_assessment (rubric_id) where deleted_at is null;
create index on star_assessment (year, id) where (change_request).status = 'open' and deleted_at is null;
create index on star_assessment using gin (villages) where deleted_at is null;
create index on star_assessment using gin (district_codes) where deleted_at is null;
create index on star_assessment using gin (search) where deleted_at is null;

call restrict_processing('star_assessment', 'umkm_id');

create policy public_select on star_assessment for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, product_id, kind, scheme, year, result, certificate_number, awarded_by, awarded_on, umkm_id, status, deleted_at)
   on star_assessment to ovop_public;

create index on star_assessment (product_id, kind, year, id) where status = 'published' and deleted_at is null;
create index on star_assessment (kind, result) where status = 'published' and deleted_at is null;

grant select on star_rubric to ovop_api;

grant insert (id, scheme, year, name, name_en, criteria, levels), update (name, name_en, criteria, levels)
   on star_rubric to ovop_dinas;

grant execute on function
  star_max_total(jsonb)
  to ovop_api;
