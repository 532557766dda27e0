-- Code lists in one table. A code has a meaning only with its list and edition: KBLI 10762 was
-- herbal infusions and became tea. A column that only some lists use is empty in the others. No
-- code is ever deleted: its validity ends.

create table reference (
  id uuid constraint reference_id__unique primary key default uuid_v7(),
  list text not null constraint reference_list__enum
    check (list in ('kbli', 'hs', 'countries', 'currencies', 'incoterms', 'ports', 'topics', 'categories', 'offices',
                    'indicators')),
  code text not null,
  edition text,
  name text not null,
  name_en text not null,
  valid_from date,
  valid_to date,
  alpha3 text,           -- countries: ISO 3166-1 alpha-3
  minor_units integer,   -- currencies: decimals of ISO 4217
  sea_only boolean,      -- incoterms: for sea and inland water only
  country_code text,     -- ports
  customs_code text,     -- ports: the code of Indonesian customs, if it differs from UN/LOCODE
  equivalent_code text,  -- kbli: the code of the same activity in the other edition
  unit text,             -- indicators: the unit of their values
  figure text,           -- indicators: the report's figure that measures them, `markets.shipments`
  search tsvector not null generated always as (to_tsvector('simple', code || ' ' || name || ' ' || name_en)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  constraint reference_code__unique unique nulls not distinct (list, code, edition)
);

create index on reference (list, name, id);
create index on reference using gin (search);

grant select on reference to ovop_api;

grant insert (id, list, code, edition, name, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code,
              customs_code, equivalent_code, unit, figure),
      update (name, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code, customs_code, equivalent_code,
              unit, figure)
   on reference to ovop_dinas;
