-- Report: how far products came, and what was exported.

-- Farthest first, as the ladder goes: market_reach() on a day.
create function market_reach_on(p product, day date) returns text
language sql stable as $$
  select case
           when p.market_reached_on is null or p.market_reached_on <= day then p.market_reach
           else (select s.level from market_steps_effective(p.market_steps) s where s.reached_on <= day limit 1)
         end
$$;

-- A product is counted in its lead village, an export where it is recorded; samples are no trade. An exporter's first export is
-- looked for among all that the caller sees. Measured with 35,000 products and as many exports: 0.4 s (two cores).
create function report_markets(counted_by text, districts text[], villages text[], period_from date, period_to date,
                               verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         made as (
         select a.code, m.reach, array_position(m.ladder, m.reach) > coalesce(array_position(m.ladder, m.reach_before), 0) as up
           from area a
                join product p on p.village_code = a.village_code
                join lateral (select '{local,district,province,national,international}'::text[] as ladder,
                                     market_reach_on(p, period_to) as reach,
                                     market_reach_on(p, period_from - 1) as reach_before) m on true
          where p.deleted_at is null
            and report_counts(p.status, verified_only)),
         products as (
         select m.code, count(*) as denominator, count(m.reach) as reporting,
                count(*) filter (where m.reach = 'local') as local,
                count(*) filter (where m.reach = 'district') as district,
                count(*) filter (where m.reach = 'province') as province,
                count(*) filter (where m.reach = 'national') as national,
                count(*) filter (where m.reach = 'international') as international,
                count(*) filter (where m.up) as moved_up
           from made m
          group by grouping sets ((m.code), ())),
         sold as (
         select e.*, coalesce(e.exporter_nib, exporter_key(e.exporter_name)) as exporter,
                min(e.exported_on) filter (where e.mode <> 'hand_carried_sample')
                  over (partition by coalesce(e.exporter_nib, exporter_key(e.exporter_name))) as first_on
           from export e
          where e.deleted_at is null
            and report_counts(e.status, verified_only)),
         shipments as (
         select a.code, count(*) filter (where s.trade) as shipments, sum(s.quantity_kg) filter (where s.trade) as quantity_kg,
                sum(s.fob_idr) filter (where s.trade) as fob_idr,
                count(*) filter (where s.mode = 'direct') as direct,
                count(*) filter (where s.mode = 'aggregator') as aggregator,
                count(*) filter (where not s.trade) as samples,
                count(*) filter (where s.trade and s.evidence_grade = 'A') as grade_a,
                count(*) filter (where s.trade and s.evidence_grade = 'B') as grade_b,
                count(*) filter (where s.trade and s.evidence_grade = 'C') as grade_c,
                array_agg(distinct s.destination_country) filter (where s.trade) as countries,
                count(distinct s.exporter) filter (where s.trade) as exporters,
                count(distinct s.exporter) filter (where s.first_on between period_from and period_to) as first_timers
           from area a
                join (select *, mode <> 'hand_carried_sample' as trade from sold) s on s.village_code = a.village_code
          where s.exported_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         figures as (
         select n.code, n.name, coalesce(p.denominator, 0) as denominator, coalesce(p.reporting, 0) as reporting,
                share(p.reporting, p.denominator) as share_reporting,
                coalesce(p.local, 0) as products_local, coalesce(p.district, 0) as products_district,
                coalesce(p.province, 0) as products_province, coalesce(p.national, 0) as products_national,
                coalesce(p.international, 0) as products_international, coalesce(p.moved_up, 0) as products_moved_up,
                coalesce(s.shipments, 0) as shipments, trim_scale(coalesce(s.quantity_kg, 0))::text as quantity_kg,
                coalesce(s.fob_idr, 0)::bigint as fob_idr, coalesce(s.countries, '{}') as destination_countries,
                coalesce(s.exporters, 0) as exporters, coalesce(s.first_timers, 0) as exporters_first_time,
                coalesce(s.direct, 0) as shipments_direct, coalesce(s.aggregator, 0) as shipments_aggregator,
                coalesce(s.samples, 0) as samples, coalesce(s.grade_a, 0) as shipments_grade_a,
                coalesce(s.grade_b, 0) as shipments_grade_b, coalesce(s.grade_c, 0) as shipments_grade_c
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join products p on p.code is not distinct from n.code
                left join shipments s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

grant execute on function
  exporter_key(text), market_reach_on(product, date), report_markets(text, text[], text[], date, date, boolean)
  to ovop_api;
