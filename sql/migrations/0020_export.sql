-- Exports: what left the country, for whom, proved by which documents. A verified one lifts its products to the international
-- market; one that is verified no longer takes that back.

-- A: a customs document; B: an invoice or a certificate; C: a statement alone.
create function export_grade(documents jsonb) returns text
language sql immutable parallel safe as $$
  select case
           when documents @? '$[*].kind ? (@ == "peb" || @ == "consignment_note")' then 'A'
           when documents @? '$[*].kind ? (@ == "invoice" || @ == "ska" || @ == "phytosanitary")' then 'B'
           when documents @? '$[*].kind ? (@ == "statement")' then 'C'
         end
$$;

-- Lines with their value in rupiah: each is rounded half up to whole rupiah, and only then are they added.
create function export_valued(lines jsonb) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_agg(l.line || jsonb_build_object('fob_idr', round((l.line ->> 'fob')::numeric * (l.line ->> 'rate')::numeric))
                   order by l.position)
    from jsonb_array_elements(lines) with ordinality l (line, position)
$$;

-- The exporter of record stands in the documents; who made the goods are the producers of the lines' products.
create table export (
  exporter_name text not null,
  exporter_nib text constraint export_exporter_nib__pattern check (exporter_nib ~ '^[0-9]{13}$'),
  mode text not null constraint export_mode__enum check (mode in ('direct', 'aggregator', 'hand_carried_sample')),
  buyer_id uuid,
  destination_country text not null,
  port_code text,
  exported_on date not null,
  incoterm text,
  documents jsonb not null default '[]',
  lines jsonb not null,
  village_code text not null constraint export_village_code__exists references village (code),
  -- Computed from the lines by export_compute().
  quantity_kg numeric not null,
  fob_idr bigint not null,
  product_ids uuid[] not null,
  umkm_ids uuid[] not null,
  village_enterprise_ids uuid[] not null,
  evidence_grade text generated always as (export_grade(documents)) stored,
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', exporter_name)) stored
);

call business_table('export', write_scope => 'exports:write', workflow => 'verified');

create index on export (exported_on, id) where deleted_at is null;
create index on export (updated_at, id) where deleted_at is null;
create index on export (village_code, exported_on, id) where deleted_at is null;
create index on export (district_code, exported_on, id) where deleted_at is null;
create index on export (status, exported_on, id) where deleted_at is null;
create index on export (destination_country, exported_on, id) where deleted_at is null;
create index on export (mode, exported_on, id) where deleted_at is null;
create index on export (evidence_grade, exported_on, id) where deleted_at is null;
create index on export (buyer_id) where deleted_at is null;
create index on export using gin (product_ids) where deleted_at is null;
create index on export using gin (umkm_ids) where deleted_at is null;
create index on export using gin (village_enterprise_ids) where deleted_at is null;
create index on export using gin (search) where deleted_at is null;

call restrict_processing('export', 'umkm_ids');

-- The products that the caller may name in an export: those of its villages, also for a system that may not read the register;
-- to a system those of a restricted UMKM do not exist.
create function export_products(ids uuid[]) returns table (id uuid, umkm_id uuid, village_enterprise_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select p.id, p.umkm_id, p.village_enterprise_id
    from product p
   where p.id = any (ids)
     and p.deleted_at is null
     and (claim_role() is null or claim_everywhere() or p.villages && claim_villages())
     and (claim_role() is distinct from 'system' or p.umkm_id is null or p.umkm_id <> all (umkm_restricted()));
end
$$;

create function export_compute() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.lines = old.lines then
    return new;
  end if;

  new.lines := export_valued(new.lines);
  select sum((l.line ->> 'quantity_kg')::numeric), sum((l.line ->> 'fob_idr')::numeric),
         array_agg(distinct (l.line ->> 'product_id')::uuid)
    into new.quantity_kg, new.fob_idr, new.product_ids
    from jsonb_array_elements(new.lines) l (line);
  select coalesce(array_agg(distinct p.umkm_id) filter (where p.umkm_id is not null), '{}'),
         coalesce(array_agg(distinct p.village_enterprise_id) filter (where p.village_enterprise_id is not null), '{}')
    into new.umkm_ids, new.village_enterprise_ids
    from export_products(new.product_ids) p;
  return new;
end
$$;

create trigger compute before insert or update on export for each row execute function export_compute();

create function export_violations(e export) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code)
             union all
            values
        ('/buyer_id', 'exists', e.buyer_id is not null
           and not exists (select from buyer b where b.id = e.buyer_id and b.deleted_at is null)),
        ('/destination_country', 'exists', not exists (select
                                                         from reference r
                                                        where r.list = 'countries' and r.code = e.destination_country)),
        ('/destination_country', 'abroad', e.destination_country = 'ID'),
        ('/port_code', 'exists', e.port_code is not null
           and not exists (select from reference r where r.list = 'ports' and r.code = e.port_code)),
        ('/incoterm', 'exists', e.incoterm is not null
           and not exists (select from reference r where r.list = 'incoterms' and r.code = e.incoterm)),
        ('/exported_on', 'future', e.exported_on > today()),
        ('/lines', 'range', e.fob_idr > 9007199254740991),
        ('/documents', 'required', e.status in ('submitted', 'verified') and e.documents = '[]')
       union all
      select format('/documents/%s/date', d.position - 1), 'future', (d.document ->> 'date')::date > today()
        from jsonb_array_elements(e.documents) with ordinality d (document, position)
       union all
      select format('/lines/%s/%s', l.position - 1, r.member), r.code, r.broken
        from jsonb_array_elements(e.lines) with ordinality l (line, position),
             lateral (values
               ('product_id', 'exists', not exists (select
                                                      from export_products(array[(l.line ->> 'product_id')::uuid]))),
               ('hs_edition', 'exists', not exists (select
                                                      from reference c
                                                     where c.list = 'hs' and c.edition = l.line ->> 'hs_edition')),
               ('currency', 'exists', not exists (select
                                                    from reference c
                                                   where c.list = 'currencies' and c.code = l.line ->> 'currency')),
               ('quantity_kg', 'range', (l.line ->> 'quantity_kg')::numeric = 0),
               ('fob', 'range', (l.line ->> 'fob')::numeric = 0 and e.mode <> 'hand_carried_sample'),
               ('rate', 'range', (l.line ->> 'rate')::numeric = 0),
               ('rate', 'rupiah', l.line ->> 'currency' = 'IDR' and (l.line ->> 'rate')::numeric <> 1)
             ) as r (member, code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on export for each row execute function refuse_violations();

-- What an export names stays.
create trigger in_use_export before update on buyer
   for each row when (new.deleted_at is not null) execute function refuse_in_use('export', 'buyer_id');
create trigger in_use_export before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('export', 'product_ids');

-- What is likely a mistake but may be right: how customs number their documents is told, not published.
create function export_warnings(e export) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (select format('/documents/%s/number', d.position - 1), 'document_number',
                 d.document ->> 'number' !~ case d.document ->> 'kind'
                   when 'peb' then '^([0-9]{6}|[0-9]{4}30[0-9A-Z]{6}[0-9]{14})$'
                   when 'ska' then '^[A-Z0-9./-]{6,40}$'
                   else '' end
            from jsonb_array_elements(e.documents) with ordinality d (document, position)
           union all
          select format('/lines/%s/hs_code', l.position - 1), 'unlisted',
                 not exists (select
                               from reference c
                              where c.list = 'hs'
                                and c.edition = l.line ->> 'hs_edition'
                                and l.line ->> 'hs_code' like c.code || '%')
            from jsonb_array_elements(e.lines) with ordinality l (line, position)
           union all
          select '/documents', 'parcel_limit', e.quantity_kg > 30 and e.evidence_grade = 'A'
                                               and not e.documents @? '$[*].kind ? (@ == "peb")'
         ) as rule (pointer, code, doubtful)
$$;

-- Grade C and samples prove no market.
create function export_lifts(e export) returns boolean
language sql immutable as $$
  select e.status = 'verified' and coalesce(e.evidence_grade in ('A', 'B'), false) and e.mode <> 'hand_carried_sample'
$$;

create function export_lift() returns trigger
language plpgsql as $$
declare
  lifted  boolean := tg_op = 'UPDATE' and export_lifts(old);
  lifts   boolean := export_lifts(new);
  product uuid;
begin
  if lifts = lifted then
    return null;
  end if;

  foreach product in array new.product_ids loop  -- in the order of ids, so that two exports never wait crosswise
    if lifts then
      perform product_market_lift(product, new.id, new.exported_on,
                                  format('%s %s (%s)', new.destination_country, new.exported_on, new.evidence_grade));
    else
      perform product_market_unlift(product, new.id, left(coalesce(new.status_note, new.status), 500));
    end if;
  end loop;
  return null;
end
$$;

create trigger lift after insert or update on export for each row execute function export_lift();

create function export_row(e export)
returns table (id uuid, exporter_name text, exporter_nib text, mode text, buyer_id uuid, destination_country text, port_code text,
  exported_on date, incoterm text, documents json, lines json, quantity_kg text, fob_idr bigint, evidence_grade text,
  umkm_ids json, village_enterprise_ids json, village_code text, district_code text, warnings json, status text,
  status_note text, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select e.id, e.exporter_name, e.exporter_nib, e.mode, e.buyer_id, e.destination_country, e.port_code, e.exported_on,
         e.incoterm,
         (select coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number, 'date', d.date, 'issuer', d.issuer)),
                          '[]')
            from jsonb_to_recordset(e.documents) as d (kind text, number text, date text, issuer text)),
         (select json_agg(json_build_object('product_id', l.product_id, 'hs_code', l.hs_code, 'hs_edition', l.hs_edition,
                                            'quantity_kg', l.quantity_kg, 'fob', l.fob, 'currency', l.currency, 'rate', l.rate,
                                            'fob_idr', l.fob_idr))
            from jsonb_to_recordset(e.lines) as l (product_id text, hs_code text, hs_edition text, quantity_kg text, fob text,
                                                   currency text, rate text, fob_idr bigint)),
         e.quantity_kg::text, e.fob_idr, e.evidence_grade, to_json(e.umkm_ids), to_json(e.village_enterprise_ids),
         e.village_code, e.district_code, w.warnings, e.status, e.status_note, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from export_warnings(e) w, allowed_actions('export', e.status, e.writers, e.village_code) a
$$;

grant execute on function
  export_grade(jsonb), export_valued(jsonb), export_products(uuid[]), export_violations(export), export_warnings(export),
  export_lifts(export), export_row(export)
  to ovop_api;
