-- What the district exports, for anybody: verified only, and no cell from which one could read a single exporter's trade.

-- One row an exporter in a cell; kept true by every change of an export, so that the public reads a small table.
create table export_total (
  year integer not null,
  hs_chapter text not null,
  country_code text not null,
  exporter text not null,   -- by its name
  business text not null,   -- by its NIB, where one was told
  shipments integer not null,
  quantity_kg numeric not null,
  fob_idr numeric not null,
  primary key (year, exporter, business, country_code, hs_chapter)
);

call force_policies('export_total');

-- The same exporter however its name is spelt: letters and digits without the legal form.
create function exporter_key(name text) returns text
language sql immutable parallel safe as $$
  select regexp_replace(regexp_replace(upper(name), '^(PT|CV|UD|PD)[ .]+', ''), '[^[:alnum:]]', '', 'g')
$$;

-- Samples are no trade, and an export for a UMKM whose processing is restricted counts for nobody.
create function export_counts(e export, restricted uuid[]) returns boolean
language sql immutable parallel safe as $$
  select e.status = 'verified' and e.mode <> 'hand_carried_sample' and e.deleted_at is null and not e.umkm_ids && restricted
$$;

-- Adds what an export contributes, or takes it away (sign -1).
create function export_total_add(e export, sign integer) returns void
language plpgsql as $$
begin
  insert into export_total as t
  select extract(year from e.exported_on), left(l.hs_code, 2), e.destination_country, exporter_key(e.exporter_name),
         coalesce(e.exporter_nib, exporter_key(e.exporter_name)), sign, sign * sum(l.quantity_kg), sign * sum(l.fob_idr)
    from jsonb_to_recordset(e.lines) as l (hs_code text, quantity_kg numeric, fob_idr numeric)
   group by left(l.hs_code, 2)
   order by left(l.hs_code, 2)
      on conflict (year, exporter, business, country_code, hs_chapter) do update
     set shipments = t.shipments + excluded.shipments, quantity_kg = t.quantity_kg + excluded.quantity_kg,
         fob_idr = t.fob_idr + excluded.fob_idr;
  delete from export_total t
   where t.year = extract(year from e.exported_on)::integer
     and t.exporter = exporter_key(e.exporter_name)
     and t.shipments = 0;
end
$$;

-- The lock makes exports and restrictions that come at once count one after the other.
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

-- How many exporters there are at least: neither another spelling nor a NIB left out makes a second one of one.
create function exporters_counted(names text[], businesses text[]) returns integer
language sql immutable parallel safe as $$
  select least((select count(distinct n) from unnest(names) n), (select count(distinct b) from unnest(businesses) b))::integer
$$;

-- The totals as they are published. A cell of fewer than three exporters goes into its year's rest, and if those are fewer than
-- three together, the smallest other cell goes with them; where there is none, the rest has no figures. Every year stands for
-- itself, and this one table is all that is published, of which a filter takes rows: no two answers differ by less than three
-- exporters. What it does not hide is what changes from one day to the next, and what two of three exporters know of the third.
create function export_totals_public(years integer[] default null)
returns table (year integer, hs_chapter text, country_code text, suppressed boolean, exporters integer, shipments integer,
  quantity_kg numeric, fob_idr numeric)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with entry as (
         select *
           from export_total t
          where years is null
             or t.year = any (years)),
         counted as (
         select t.year, t.hs_chapter, t.country_code, exporters_counted(array_agg(t.exporter), array_agg(t.business)) as n
           from entry t
          group by t.year, t.hs_chapter, t.country_code),
         cell as (
         select c.year, c.hs_chapter, c.country_code, c.n < 3 as small,
                row_number() over (partition by c.year, c.n < 3 order by c.n, c.hs_chapter, c.country_code) as place
           from counted c),
         rest as (
         select t.year, exporters_counted(array_agg(t.exporter), array_agg(t.business)) as exporters
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
          where c.small
          group by t.year),
         told as (
         select t.*, c.small or c.place = 1 and coalesce(r.exporters < 3, false) as in_rest
           from entry t
                join cell c on c.year = t.year and c.hs_chapter = t.hs_chapter and c.country_code = t.country_code
                left join rest r on r.year = t.year),
         total as (
         select t.year, case when not t.in_rest then t.hs_chapter end as hs_chapter,
                case when not t.in_rest then t.country_code end as country_code,
                exporters_counted(array_agg(t.exporter), array_agg(t.business)) as exporters,
                sum(t.shipments)::integer as shipments, sum(t.quantity_kg) as quantity_kg, sum(t.fob_idr) as fob_idr
           from told t
          group by 1, 2, 3)
  select t.year, t.hs_chapter, t.country_code, t.exporters < 3, case when t.exporters >= 3 then t.exporters end,
         case when t.exporters >= 3 then t.shipments end, case when t.exporters >= 3 then t.quantity_kg end,
         case when t.exporters >= 3 then t.fob_idr end
    from total t;
end
$$;

grant execute on function export_totals_public(integer[]) to ovop_public;
