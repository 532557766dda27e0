-- Exports, and their public totals. A verified export lifts its products to the international
-- market.

-- Adds the value in rupiah to each line. Each value is rounded half up to whole rupiah before the
-- sum.
create function export_valued(lines jsonb) returns jsonb
language sql immutable parallel safe as $$
  select jsonb_agg(l.line || jsonb_build_object('fob_idr', round((l.line ->> 'fob')::numeric * (l.line ->> 'rate')::numeric))
                   order by l.position)
    from jsonb_array_elements(lines) with ordinality l (line, position)
$$;

call business_triggers('export');

-- The products that the caller may name in an export: those of the caller's villages. A definer,
-- because a system may name them without the right to read the register. For a system, the products
-- of a restricted UMKM do not exist.
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

  new.lines := export_valued(reference_read('hs', new.lines));
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

create function violations(e export) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code)
             union all
            select * from name_rules('/exporter_name', e.exporter_name)
             union all
            values
        ('/buyer_id', 'exists', e.buyer_id is not null  -- the buyer may move out of sight later
           and not exists (select from buyer b where b.id = e.buyer_id and b.deleted_at is null)
           and not exists (select from export o where o.id = e.id and o.buyer_id = e.buyer_id)),
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

-- The documents of an export that other exports name too, except rejected and archived ones. The
-- function is a definer, because the other exports may be hidden from the caller.
create function export_documents_elsewhere(e export) returns table (key text, ids uuid[])
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  foreach key in array e.document_keys loop
    -- A limit inside would make PostgreSQL walk all exports in the order of their ids.
    select (array_agg(o.id order by o.id))[:20] into ids
      from export o
     where o.document_keys @> array[key]
       and o.id <> e.id
       and o.deleted_at is null
       and o.status not in ('rejected', 'archived');
    if ids is not null then
      return next;
    end if;
  end loop;
end
$$;

-- Likely mistakes that may still be right. Customs publish no format for the numbers of their
-- documents. A product of another village may be right in an aggregator's export.
create function export_warnings(e export) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
                     'pointer', rule.pointer, 'code', rule.code, 'records', rule.records,
                     -- A number of a line as the service reads it.
                     'limit', case when rule.code in ('rate_implausible', 'thousands_point', 'minor_units')
                                   then trim_scale((e.lines #>> (string_to_array(rule.pointer, '/'))[3:])::numeric)::text end))
                  filter (where rule.doubtful), '[]')
    from (select format('/documents/%s/number', d.position - 1), 'document_number',
                 d.document ->> 'number' !~ case d.document ->> 'kind'
                   when 'peb' then '^([0-9]{6}|[0-9]{4}30[0-9A-Z]{6}[0-9]{14})$'
                   when 'ska' then '^[A-Z0-9./-]{6,40}$'
                   else '' end, null::json
            from jsonb_array_elements(e.documents) with ordinality d (document, position)
           union all
          select format('/documents/%s/number', d.position - 1), 'document_elsewhere', true,
                 (select json_agg(o.id order by o.id) from export o where o.id = any (k.ids))
            from export_documents_elsewhere(e) k
                 join jsonb_array_elements(e.documents) with ordinality d (document, position)
                   on export_document_keys(jsonb_build_array(d.document)) = array[k.key]
           union all
          select w.*, null::json
            from jsonb_array_elements(e.lines) with ordinality l (line, position),
                 reference_warnings('hs', '/lines/' || l.position - 1, l.line ->> 'hs_code', l.line ->> 'hs_edition') w
           union all
          select format('/lines/%s/hs_code', l.position - 1), 'hs_heading', length(l.line ->> 'hs_code') < 8, null
            from jsonb_array_elements(e.lines) with ordinality l (line, position)
           union all
          select format('/documents/%s/date', d.position - 1), 'after_export', (d.document ->> 'date')::date > e.exported_on,
                 null
            from jsonb_array_elements(e.documents) with ordinality d (document, position)
           where d.document ->> 'kind' in ('peb', 'consignment_note')
           union all
          select format('/lines/%s/%s', l.position - 1, w.member), w.code, w.doubtful, null
            from jsonb_array_elements(e.lines) with ordinality l (line, position)
                 cross join lateral (select (l.line ->> 'quantity_kg')::numeric as kg, (l.line ->> 'rate')::numeric as rate,
                                            (l.line ->> 'fob_idr')::numeric as idr, l.line ->> 'currency' as currency) n
                 left join lateral (select r.rate_idr, r.minor_units
                                      from reference r
                                     where r.list = 'currencies' and r.code = n.currency
                                     limit 1) c on true
                 cross join lateral (values
                   ('rate', 'rate_implausible', n.currency <> 'IDR' and n.rate not between c.rate_idr / 3 and 3 * c.rate_idr),
                   ('fob', 'minor_units', scale((l.line ->> 'fob')::numeric) > c.minor_units),
                   ('fob', 'implausible', n.idr > 0 and n.idr not between 100 * n.kg and 100000000 * n.kg),
                   ('quantity_kg', 'thousands_point', l.line ->> 'quantity_kg' ~ '^[1-9][0-9]{0,2}[.][0-9]{2}0$'),
                   ('quantity_kg', 'implausible', n.kg > 1000000)
                 ) as w (member, code, doubtful)
           union all
          select '/exporter_nib', 'placeholder', number_placeholder(e.exporter_nib), null
           union all
          select '/exported_on', 'implausible', e.exported_on < '1990-01-01', null
           union all
          select '/exported_on', 'before_founding', exists (select
                                                              from umkm u
                                                             where u.id = any (e.umkm_ids) and u.founded_on > e.exported_on), null
           union all
          select format('/lines/%s/product_id', l.position - 1), 'other_village', e.village_code <> all (p.villages), null
            from jsonb_array_elements(e.lines) with ordinality l (line, position), product_at((l.line ->> 'product_id')::uuid) p
           where e.status in ('draft', 'submitted', 'needs_revision')
           union all
          select '/documents', 'parcel_limit', e.quantity_kg > 30 and e.evidence_grade = 'A'
                                               and not e.documents @? '$[*].kind ? (@ == "peb")', null
         ) as rule (pointer, code, doubtful, records)
$$;

-- Whether an export proves a market. Grade C and samples do not.
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

  -- The ids are sorted, so that two exports cannot deadlock.
  foreach product in array new.product_ids loop
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

-- Whether an export counts in the totals. Samples are no trade, and an export for a UMKM with
-- restricted processing never counts.
create function export_counts(e export, restricted uuid[]) returns boolean
language sql immutable parallel safe as $$
  select e.status = 'verified' and e.mode <> 'hand_carried_sample' and e.deleted_at is null and not e.umkm_ids && restricted
$$;

-- Adds an export to the totals, or subtracts it (sign -1).
create function export_total_add(e export, sign integer) returns void
language plpgsql as $$
begin
  insert into export_total as t
  select extract(year from e.exported_on), left(l.hs_code, 2), e.destination_country, exporter_key(e.exporter_name),
         coalesce(e.exporter_nib, ''), sign, sign * sum(l.quantity_kg), sign * sum(l.fob_idr)
    from jsonb_to_recordset(e.lines) as l (hs_code text, quantity_kg numeric, fob_idr numeric)
   group by left(l.hs_code, 2)
   order by left(l.hs_code, 2)
      on conflict (year, exporter, nib, country_code, hs_chapter) do update
     set shipments = t.shipments + excluded.shipments, quantity_kg = t.quantity_kg + excluded.quantity_kg,
         fob_idr = t.fob_idr + excluded.fob_idr;
  delete from export_total t
   where t.year = extract(year from e.exported_on)::integer
     and t.exporter = exporter_key(e.exporter_name)
     and t.shipments = 0;
end
$$;

-- The lock makes exports and restrictions take turns. So each one counts what the other has
-- committed.
create function export_totals() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('export_total'));
  if tg_op = 'UPDATE' and export_counts(old, umkm_restricted()) then
    perform export_total_add(old, -1);
  end if;
  if export_counts(new, umkm_restricted()) then
    perform export_total_add(new, 1);
  end if;
  return null;
end
$$;

create trigger totals after insert or update on export for each row execute function export_totals();

create function export_totals_restricted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  others uuid[];
begin
  if new.processing_restricted is not distinct from (case when tg_op = 'UPDATE' then old.processing_restricted else false end) then
    return null;
  end if;

  perform pg_advisory_xact_lock(hashtext('export_total'));
  others := array_remove(umkm_restricted(), new.id);
  perform export_total_add(e, case when new.processing_restricted then -1 else 1 end)
     from export e
    where e.umkm_ids @> array[new.id]
      and export_counts(e, others);
  return null;
end
$$;

create trigger totals after insert or update on umkm_consent for each row execute function export_totals_restricted();

-- Computes all totals again, because the functions that key and count an export may have changed.
create procedure export_totals_renew()
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtext('export_total'));
  delete from export_total;
  perform export_total_add(e, 1)
     from export e
    where export_counts(e, umkm_restricted());
end
$$;

-- The totals as they are published. A cell with fewer than three exporters goes into the rest of
-- its year. If the rest still has fewer than three exporters, the smallest other cell joins it. If
-- there is no other cell, the rest shows no figures.
-- The number of exporters is the least that the exports allow. All exporters without NIB are one,
-- because only the spelling of a name would tell them apart. They are none if their names occur
-- with a NIB in any year.
-- Each year is computed alone. Only this table is published, and a filter only takes rows of it. So
-- no two answers differ by fewer than three exporters.
-- It does not hide a change from one day to the next. Nor does it hide what two of three exporters
-- know about the third.
create function export_totals_public(years integer[] default null)
returns table (year integer, hs_chapter text, country_code text, suppressed boolean, exporters integer, shipments integer,
  quantity_kg numeric, fob_idr numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with joined as (
         select j.name, j.exporter
           from (select array_agg(t.exporter) as names, array_agg(nullif(t.nib, '')) as nibs from export_total t) t,
                exporters_joined(t.names, t.nibs) j),
         entry as (
         select t.year, t.hs_chapter, t.country_code, t.shipments, t.quantity_kg, t.fob_idr, coalesce(j.exporter, '') as exporter
           from export_total t
                left join joined j on j.name = t.exporter
          where years is null
             or t.year = any (years)),
         counted as (
         select t.year, t.hs_chapter, t.country_code, count(distinct t.exporter) as n
           from entry t
          group by t.year, t.hs_chapter, t.country_code),
         cell as (
         select c.year, c.hs_chapter, c.country_code, c.n < 3 as small,
                row_number() over (partition by c.year, c.n < 3 order by c.n, c.hs_chapter, c.country_code) as place
           from counted c),
         rest as (
         select t.year, count(distinct t.exporter) as exporters
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
          where c.small
          group by t.year),
         shown as (
         select t.*, c.small or c.place = 1 and coalesce(r.exporters < 3, false) as in_rest
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
                left join rest r on r.year = t.year),
         total as (
         select t.year, case when not t.in_rest then t.hs_chapter end as hs_chapter,
                case when not t.in_rest then t.country_code end as country_code,
                count(distinct t.exporter)::integer as exporters, sum(t.shipments)::integer as shipments,
                sum(t.quantity_kg) as quantity_kg, sum(t.fob_idr) as fob_idr
           from shown t
          group by 1, 2, 3)
  select t.year, t.hs_chapter, t.country_code, t.exporters < 3, case when t.exporters >= 3 then t.exporters end,
         case when t.exporters >= 3 then t.shipments end, case when t.exporters >= 3 then t.quantity_kg end,
         case when t.exporters >= 3 then t.fob_idr end
    from total t;
end
$$;

grant execute on function
  export_valued(jsonb), export_products(uuid[]), violations(export), export_warnings(export),
  export_documents_elsewhere(export), export_lifts(export), export_row(export)
  to ovop_api;
grant execute on function
  export_totals_public(int[])
  to ovop_public;

call list_rows('export');

call export_totals_renew();
