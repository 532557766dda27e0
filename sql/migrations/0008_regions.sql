-- Regions: kecamatan, and desa or kelurahan. The key is Kemendagri's code, because names repeat.
-- Everybody reads them. The Dinas maintains a village's profile.

create table district (
  code text constraint district_code__unique primary key
    constraint district_code__pattern check (code ~ '^35[.]05[.][0-9]{2}$'),
  bps_code text not null constraint district_bps_code__unique unique
    constraint district_bps_code__pattern check (bps_code ~ '^3505[0-9]{3}$'),
  name text not null,
  latitude numeric(7, 5) not null,
  longitude numeric(8, 5) not null,
  postcode text not null constraint district_postcode__pattern check (postcode ~ '^[1-9][0-9]{4}$'),
  search tsvector not null generated always as (to_tsvector('simple', name)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  unique (code, name)
);

create table village (
  code text constraint village_code__unique primary key
    constraint village_code__pattern check (code ~ '^35[.]05[.][0-9]{2}[.][12][0-9]{3}$'),
  bps_code text not null constraint village_bps_code__unique unique
    constraint village_bps_code__pattern check (bps_code ~ '^3505[0-9]{6}$'),
  kind text not null
    constraint village_kind__enum check (kind = case substr(code, 10, 1) when '1' then 'kelurahan' else 'desa' end),
  name text not null,
  district_code text not null constraint village_district_code__prefix check (district_code = left(code, 8)),
  district_name text not null,
  latitude numeric(7, 5) not null,
  longitude numeric(8, 5) not null,
  postcode text not null constraint village_postcode__pattern check (postcode ~ '^[1-9][0-9]{4}$'),
  population integer,
  population_year integer,
  index_name text constraint village_index_name__enum check (index_name in ('idm', 'indeks_desa')),
  index_year integer,
  index_score numeric(5, 4) constraint village_index_score__range check (index_score between 0 and 1),
  index_status text constraint village_index_status__enum
    check (index_status in ('sangat_tertinggal', 'tertinggal', 'berkembang', 'maju', 'mandiri')),
  search tsvector not null generated always as (to_tsvector('simple', name || ' ' || district_name)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  -- This key keeps the copy of the kecamatan's name true. The copy lets one index find "balerejo
  -- wlingi".
  constraint village_district_code__exists foreign key (district_code, district_name)
    references district (code, name) on update cascade
);

create index on village (name, code);
create index on village (district_code, name, code);
create index on village using gin (search);

-- The codes of the kecamatan of these villages.
create function district_codes(villages text[]) returns text[]
language plpgsql immutable parallel safe as $$
begin
  if cardinality(villages) = 1 then
    return array[left(villages[1], 8)];
  end if;
  return array(select distinct left(v, 8) from unnest(villages) v order by 1);
end
$$;

grant select on district, village to ovop_api;

grant update (population, population_year, index_name, index_year, index_score, index_status) on village to ovop_dinas;

-- A change of a village's profile has null in audit_log.villages, so the other policies of
-- audit_log hide it from everybody.
create policy village_select on audit_log for select to ovop_dinas, ovop_bupati using (resource = 'village');

grant execute on function
  district_codes(text[])
  to ovop_api;
