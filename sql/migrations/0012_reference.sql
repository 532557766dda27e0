-- Code lists in one table. A code means something only together with its list and edition: KBLI 10762 was herbal infusions and
-- became tea. What a list knows beyond names stands in columns that other lists leave empty. No code is ever deleted: its
-- validity ends.

create table reference (
  id uuid constraint reference_id__unique primary key default uuid_v7(),
  list text not null constraint reference_list__enum
    check (list in ('kbli', 'hs', 'countries', 'currencies', 'incoterms', 'ports', 'topics', 'categories', 'offices',
                    'indicators')),
  code text not null,
  edition text,
  name_id text not null,
  name_en text not null,
  valid_from date,
  valid_to date,
  alpha3 text,           -- countries: ISO 3166-1 alpha-3
  minor_units integer,   -- currencies: decimals of ISO 4217
  sea_only boolean,      -- incoterms: for sea and inland water only
  country_code text,     -- ports
  customs_code text,     -- ports: as Indonesian customs call it, where it differs from UN/LOCODE
  equivalent_code text,  -- kbli: the code of the same activity in the other edition
  unit text,             -- indicators: what they are counted in
  figure text,           -- indicators: the figure of a report that measures them, `markets.shipments`
  search tsvector not null generated always as (to_tsvector('simple', code || ' ' || name_id || ' ' || name_en)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  constraint reference_code__unique unique nulls not distinct (list, code, edition)
);

create index on reference (list, name_id, id);
create index on reference using gin (search);

create function reference_violations(r reference) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/code', 'pattern', r.code !~ case r.list
           when 'kbli' then '^[0-9]{5}$'
           when 'hs' then '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'
           when 'countries' then '^[A-Z]{2}$'
           when 'currencies' then '^[A-Z]{3}$'
           when 'incoterms' then '^[A-Z]{3}$'
           when 'ports' then '^[A-Z]{2}[A-Z2-9]{3}$'
           else '^[a-z][a-z0-9_]*$'
         end),
        ('/edition', 'required', r.list in ('kbli', 'hs', 'incoterms') and r.edition is null),
        ('/valid_to', 'before_start', r.valid_to < r.valid_from),
        ('/unit', 'required', r.list = 'indicators' and r.unit is null),
        ('/figure', 'exists', r.figure is not null
           and not exists (select from report_figure f where concat_ws('.', f.report, f.figure) = r.figure)),
        ('/country_code', 'exists', r.country_code is not null
           and not exists (select from reference c where c.list = 'countries' and c.code = r.country_code))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger touch before insert or update on reference for each row execute function touch();
create trigger violations before insert or update on reference for each row execute function refuse_violations();
call audit_table('reference', 'reference');

create function reference_row(r reference)
returns table (id uuid, list text, code text, edition text, name_id text, name_en text, valid_from date, valid_to date,
  alpha3 text, minor_units integer, sea_only boolean, country_code text, customs_code text, equivalent_code text, unit text,
  figure text, version integer, updated_at timestamptz)
language sql stable as $$
  select r.id, r.list, r.code, r.edition, r.name_id, r.name_en, r.valid_from, r.valid_to, r.alpha3, r.minor_units,
         r.sea_only, r.country_code, r.customs_code, r.equivalent_code, r.unit, r.figure, r.version, r.updated_at
$$;

grant select on reference to ovop_api;
grant insert (id, list, code, edition, name_id, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code,
              customs_code, equivalent_code, unit, figure),
      update (name_id, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code, customs_code, equivalent_code,
              unit, figure)
   on reference to ovop_dinas;
grant execute on function reference_violations(reference), reference_row(reference) to ovop_api;
