-- Reports: the envelope, the area that a figure is counted in, and each report.

-- The villages in the caller's scope, each with the area that counts it: its kecamatan or itself.
create function report_areas(counted_by text, districts text[] default null, villages text[] default null)
returns table (village_code text, code text, name text, longitude numeric, latitude numeric)
language sql stable as $$
  select v.code, a.code, a.name, a.longitude, a.latitude
    from village v
         join lateral (select v.code, v.name, v.longitude, v.latitude
                        where counted_by = 'village'
                        union all
                       select d.code, d.name, d.longitude, d.latitude
                         from district d
                        where d.code = v.district_code
                          and counted_by = 'district') a on true
   where in_scope(v.code)
     and (districts is null or v.district_code = any (districts))
     and (villages is null or v.code = any (village_present(villages)))
$$;

-- Whether a record counts: once it is verified, or once it is submitted if verified_only is false.
create function report_counts(status text, verified_only boolean) returns boolean
language sql immutable parallel safe as $$
  select status in ('verified', 'published') or not verified_only and status = 'submitted'
$$;

-- A share, or null if the whole is 0.
create function report_share(part numeric, whole numeric) returns numeric
language sql immutable parallel safe as $$
  select round(part / nullif(whole, 0), 4)
$$;

-- Whether the caller sees figures only: a system that reads reports, but no record of the register.
-- No two of its answers may differ by one business. So its areas and periods are fixed
-- (report_refused), its counts are rounded down to fives, and its medians stand for five UMKM or
-- more. It gets no sums: a sum minus another sum would be the figure of the business between them.
create function report_outsider() returns boolean
language sql stable parallel safe as $$
  select coalesce(claim_role() = 'system', false) and not claim_scope('register:read') and not claim_scope('register:write')
$$;

create function report_count(n bigint) returns bigint
language sql stable parallel safe as $$
  select case when report_outsider() then n - n % 5 else n end
$$;

-- A figure that is not for callers who see figures only.
create function report_inside(figure anyelement) returns anyelement
language sql stable parallel safe as $$
  select case when not report_outsider() then figure end
$$;

-- A median of one or two values would reveal their turnover in a report that is quoted and kept.
-- For a caller who sees figures only, it stands for five UMKM or more, and has two digits. Then the
-- other UMKM of the kecamatan, and those of the other kecamatan, are also five or more, or none.
-- Otherwise the medians of a village and its kecamatan could differ by one UMKM. An account of some
-- villages does not see the others, so it gets no median.
create function report_median(median double precision, of_how_many bigint, of_kecamatan numeric default null,
                              of_all numeric default null) returns numeric
language sql stable parallel safe as $$
  select case
           when not report_outsider() then case when of_how_many >= 3 then median::numeric end
           when of_how_many >= 5 and claim_district() and of_kecamatan - of_how_many not between 1 and 4
                and of_all - of_kecamatan not between 1 and 4
           then case when median = 0 then 0 else round(median::numeric, 1 - floor(log(abs(median)))::integer) end
         end
$$;

-- The time of the register's last change. Two reports with the same time show the same register.
create function report_changed_at() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select a.at from audit_log a order by a.id desc limit 1
$$;

-- The meaning and unit of each figure of a report.
create function report_definitions(report text) returns json
language sql stable as $$
  select json_agg(json_build_object('figure', f.figure, 'unit', f.unit, 'definition', f.definition,
                                    'definition_en', f.definition_en)
                  order by f.position)
    from report_figure f
   where f.report = report_definitions.report
$$;

-- The parameters that a caller who sees figures only may not use like this, or null. The OVOP map
-- counts villages and no businesses, so its areas and periods are free.
create function report_refused(name text, counted_by text, districts text[], villages text[], since date, upto date,
                               verified boolean) returns jsonb
language sql stable as $$
  select jsonb_agg(jsonb_build_object('parameter', rule.parameter, 'code', rule.code))
    from (values
      ('verified_only', 'figures_verified', not verified),
      ('district_code', 'figures_one_area', name <> 'ovop_map' and cardinality(districts || villages) > 1
                                            and districts is not null),
      ('village_code', 'figures_one_area', name <> 'ovop_map' and (cardinality(villages) > 1 or counted_by <> 'village')
                                           and villages is not null),
      ('period_from', 'figures_whole_year', name <> 'ovop_map' and since <> date_trunc('year', upto)),
      ('period_to', 'figures_whole_year', name <> 'ovop_map'
         and (upto >= today() or upto <> date_trunc('year', upto) + interval '1 year - 1 day'))
    ) as rule (parameter, code, broken)
   where rule.broken
$$;

-- A report of one area or of all, computed with all villages in view. The total of an area is its
-- row.
create function report_of_area(name text, counted_by text, area text, since date, upto date)
returns table (total json, rows json)
language plpgsql stable as $$
begin
  execute format('select total, rows from %I($1, null, null, $2, $3, true)', 'report_' || name)
     into total, rows
    using counted_by, since, upto;
  if area is not null then
    rows := (select coalesce(json_agg(r.value order by r.ordinality), '[]')
               from json_array_elements(rows) with ordinality r
              where starts_with(r.value ->> 'code', area));
    total := case
               when counted_by = 'village' and length(area) = 8
               then (select d.total from report_of_area(name, 'district', area, since, upto) d)
               else (select json_object_agg(f.key, case when f.key not in ('code', 'name') then f.value end)
                       from json_each(rows -> 0) f)
             end;
  end if;
  if total is null then  -- an area that is unknown, or out of the caller's scope
    execute format('select total from %I($1, null, $2, $3, $4, true)', 'report_' || name)
       into total
      using counted_by, array[area], since, upto;
  end if;
  return next;
end
$$;

-- A report in its envelope. report_<name>() computes it, and `execute` plans it for the given
-- values. The default period ends today and starts on 1 January of the year in which it ends. For a
-- caller who sees figures only, it is the last year that is over.
create function report_result(name text, counted_by text, districts text[], villages text[], since date, upto date,
                              verified boolean)
returns table (report text, as_of timestamptz, period_from date, period_to date, by text, verified_only boolean, total json,
  rows json, definitions json)
language plpgsql stable as $$
declare
  fixed   boolean := report_outsider() and name <> 'ovop_map';
  refused jsonb;
begin
  period_to := coalesce(upto, case
                                when fixed
                                then date_trunc('year', coalesce(since + interval '1 year', today()))::date - 1
                                else today()
                              end);
  period_from := coalesce(since, date_trunc('year', period_to)::date);
  if period_from > period_to then
    perform refuse('invalid_parameter', '[{"parameter": "period_to", "code": "before_start"}]');
  end if;
  refused := report_refused(name, counted_by, districts, villages, period_from, period_to, verified);
  if report_outsider() and refused is not null then
    perform refuse('forbidden', refused);
  end if;

  report := name;
  as_of := report_changed_at();
  "by" := counted_by;
  verified_only := verified;
  if fixed then
    select a.total, a.rows into total, rows
      from report_of_area(name, counted_by, (districts || villages)[1], period_from, period_to) a;
  else
    execute format('select total, rows from %I($1, $2, $3, $4, $5, $6)', 'report_' || name)
       into total, rows
      using counted_by, districts, villages, period_from, period_to, verified;
  end if;
  definitions := report_definitions(name);
  return next;
end
$$;

-- A product counts in its lead village, an export where it is recorded. Samples are not trade. An
-- exporter's first export is sought among all exports that the caller sees.
-- Measured with 35,000 products and 35,000 exports on two cores: 0.4 s.
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
         named as (  -- each name and NIB once, because a key costs time
         select d.*, exporter_key(d.exporter_name) as key
           from (select distinct e.exporter_name, e.exporter_nib
                   from export e
                  where e.deleted_at is null
                    and report_counts(e.status, verified_only)) d),
         exporter as (  -- a name without NIB is the exporter of that name with one
         select n.exporter_name, n.exporter_nib,
                coalesce(n.exporter_nib, min(n.exporter_nib) over (partition by n.key), n.key) as exporter
           from named n),
         sold as (
         select e.*, x.exporter,
                min(e.exported_on) filter (where e.mode <> 'hand_carried_sample') over (partition by x.exporter) as first_on
           from export e
                join exporter x on x.exporter_name = e.exporter_name and x.exporter_nib is not distinct from e.exporter_nib
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
         select n.code, n.name, report_count(coalesce(p.denominator, 0)) as denominator,
                report_count(coalesce(p.reporting, 0)) as reporting,
                report_share(report_count(p.reporting), report_count(p.denominator)) as share_reporting,
                report_count(coalesce(p.local, 0)) as products_local, report_count(coalesce(p.district, 0)) as products_district,
                report_count(coalesce(p.province, 0)) as products_province,
                report_count(coalesce(p.national, 0)) as products_national,
                report_count(coalesce(p.international, 0)) as products_international,
                report_count(coalesce(p.moved_up, 0)) as products_moved_up,
                report_inside(coalesce(s.shipments, 0)) as shipments,
                report_inside(trim_scale(coalesce(s.quantity_kg, 0))::text) as quantity_kg,
                report_inside(coalesce(s.fob_idr, 0)::text) as fob_idr,
                report_inside(coalesce(s.countries, '{}')) as destination_countries,
                report_count(coalesce(s.exporters, 0)) as exporters,
                report_count(coalesce(s.first_timers, 0)) as exporters_first_time,
                report_inside(coalesce(s.direct, 0)) as shipments_direct,
                report_inside(coalesce(s.aggregator, 0)) as shipments_aggregator,
                report_inside(coalesce(s.samples, 0)) as samples, report_inside(coalesce(s.grade_a, 0)) as shipments_grade_a,
                report_inside(coalesce(s.grade_b, 0)) as shipments_grade_b,
                report_inside(coalesce(s.grade_c, 0)) as shipments_grade_c
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join products p on p.code is not distinct from n.code
                left join shipments s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

-- A report as JSON text, as its own URL returns it, for report_snapshot.
create function report_to_keep(name text, counted_by text, districts text[], villages text[], since date, upto date,
                               verified boolean)
returns table (as_of timestamptz, period_from date, period_to date, result text)
language sql stable as $$
  select r.as_of, r.period_from, r.period_to,
         json_build_object('report', r.report, 'as_of', utc_text(r.as_of), 'period_from', r.period_from, 'period_to', r.period_to,
                           'by', r.by, 'verified_only', r.verified_only, 'total', r.total, 'rows', r.rows,
                           'definitions', r.definitions)::text
    from report_result(name, counted_by, districts, villages, since, upto, verified) r
$$;

-- Compares the months of the period with as many months before it. The medians cover only UMKM with
-- turnover in both (the matched panel). A UMKM counts with its mean monthly turnover over the
-- months that it reported. Months without a report are left out. If several reports of a month wait
-- for verification, a verified one counts, else the newest.
-- Measured on two cores with 35,000 UMKM of 36 months each, by kecamatan and by village alike. A
-- year against the year before takes 0.4 s, all months take 0.5 s. Without vacuum it takes 1.2 s.
create function report_productivity(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                    verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with span as materialized (  -- once, not for every month of every UMKM
         select to_char(period_from - make_interval(months => least(m.n, 12 * m.years)), 'YYYY-MM') as before,
                to_char(period_from, 'YYYY-MM') as since, to_char(period_to, 'YYYY-MM') as upto
           from (select (12 * (extract(year from period_to) - extract(year from period_from))
                         + extract(month from period_to) - extract(month from period_from) + 1)::integer,
                       -- Never before year 1.
                       extract(year from period_from)::integer - 1) m (n, years)),
         area as (
         select * from report_areas(counted_by, districts, villages)),
         mentored as (
         select distinct p.umkm_id
           from mentoring_participant p
                join mentoring_session s on s.id = p.session_id
          where p.attended
            and p.deleted_at is null
            and s.status = 'held'
            and s.deleted_at is null
            and day_of(s.starts_at) between period_from - interval '12 months' and period_to),
         enterprise as (
         select a.code, r.*, r.turnover / nullif(r.turnover_before, 0) - 1 as change, m.umkm_id is not null as mentored,
                r.turnover is not null and r.turnover_before is not null as matched
           from area a
                join umkm u on u.village_code = a.village_code
                left join mentored m on m.umkm_id = u.id
                cross join span
                cross join lateral (select avg(m.turnover_idr) filter (where m.month < span.since) as turnover_before,
                                           avg(m.turnover_idr) filter (where m.month >= span.since) as turnover,
                                           avg(m.workers_total) filter (where m.month < span.since) as workers_before,
                                           avg(m.workers_total) filter (where m.month >= span.since) as workers
                                      from production_report_months(u.id, span.before, span.upto, verified_only) m) t
                cross join lateral (select sum(a.amount) filter (where a.base = 'kg') as kg,
                                           sum(a.amount) filter (where a.base = 'l') as l,
                                           sum(a.amount) filter (where a.base = 'piece') as piece
                                      from production_report p
                                           cross join lateral (select p.volume * unit_factor(p.unit), unit_base(p.unit))
                                                           as a (amount, base)
                                     where p.umkm_id = u.id
                                       and p.month between span.since and span.upto
                                       and p.deleted_at is null
                                       and report_counts(p.status, verified_only)
                                       and (p.status <> 'submitted'
                                            or not exists (select
                                                             from production_report o
                                                            where o.umkm_id = p.umkm_id
                                                              and o.month = p.month
                                                              and o.product_id is not distinct from p.product_id
                                                              and o.deleted_at is null
                                                              and report_counts(o.status, verified_only)
                                                              and (o.status <> 'submitted', o.id)
                                                                  > (p.status <> 'submitted', p.id)))) v
                cross join lateral (select t.*, v.*) r
          where u.deleted_at is null
            and report_counts(u.status, verified_only)),
         panel as (
         select e.code, count(*) as denominator, count(*) filter (where e.matched) as reporting,
                count(e.turnover_before) as reported_before, count(e.turnover) as reported,
                report_median(percentile_cont(0.5) within group (order by e.turnover_before) filter (where e.matched),
                              count(*) filter (where e.matched)) as median_before,
                percentile_cont(0.5) within group (order by e.turnover) filter (where e.matched) as median,
                percentile_cont(0.5) within group (order by e.change) as change, count(e.change) as changed,
                sum(e.workers_before) filter (where e.workers is not null) as workers_before,
                sum(e.workers) filter (where e.workers_before is not null) as workers,
                sum(e.kg) as kg, sum(e.l) as l, sum(e.piece) as piece,
                count(*) filter (where e.turnover > e.turnover_before
                                   and size_class(null, null, (12 * e.turnover)::bigint)
                                       <> size_class(null, null, (12 * e.turnover_before)::bigint)) as class_moved_up,
                count(*) filter (where e.matched and e.mentored) as mentored,
                count(*) filter (where e.matched and not e.mentored) as not_mentored,
                report_median(percentile_cont(0.5) within group (order by e.change) filter (where e.mentored),
                              count(e.change) filter (where e.mentored)) as change_mentored,
                report_median(percentile_cont(0.5) within group (order by e.change) filter (where not e.mentored),
                              count(e.change) filter (where not e.mentored)) as change_not_mentored
           from enterprise e
          group by grouping sets ((e.code), ())),
         shown as (
         select p.*,
                report_median(p.median, p.reporting, sum(p.reporting) over kecamatan, sum(p.reporting) over everywhere)
                  as median_shown,
                report_median(p.change, p.changed, sum(p.changed) over kecamatan, sum(p.changed) over everywhere) as change_shown
           from panel p
         window kecamatan as (partition by left(p.code, 8)), everywhere as (partition by p.code is null)),
         figures as (
         select n.code, n.name, report_count(coalesce(p.denominator, 0)) as denominator,
                report_count(coalesce(p.reporting, 0)) as reporting,
                report_share(report_count(p.reporting), report_count(p.denominator)) as share_reporting,
                report_count(coalesce(p.reported_before, 0)) as reported_before,
                report_count(coalesce(p.reported, 0)) as reported,
                report_inside(round(p.median_before)::bigint) as median_turnover_before_idr,
                round(p.median_shown)::bigint as median_turnover_idr,
                report_inside(report_share(p.median_shown - p.median_before, p.median_before)) as change_of_median,
                round(p.change_shown, 4) as median_change, report_inside(round(p.workers_before, 1)) as workers_before,
                report_inside(round(p.workers, 1)) as workers,
                report_inside(trim_scale(p.kg)) as volume_kg, report_inside(trim_scale(p.l)) as volume_l,
                report_inside(trim_scale(p.piece)) as volume_pieces,
                report_count(coalesce(p.class_moved_up, 0)) as class_moved_up, report_count(coalesce(p.mentored, 0)) as mentored,
                report_count(coalesce(p.not_mentored, 0)) as not_mentored,
                report_inside(round(p.change_mentored, 4)) as median_change_mentored,
                report_inside(round(p.change_not_mentored, 4)) as median_change_not_mentored
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join shown p on p.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

-- A session counts where it is held, everything else in the village of its UMKM. Sessions and
-- attendance are never verified: only UMKM and outcomes count by their status.
-- Measured with 35,000 UMKM on two cores: 0.3 s for a year, 0.7 s for three years. The three years
-- hold 4,800 sessions, 96,000 participants and 48,000 action items.
create function report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                 verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         session as (
         select s.id, s.village_code, s.status, day_of(s.starts_at) as day
           from mentoring_session s
          where s.deleted_at is null),
         attendance as (  -- in the period or the 30 days before it
         select p.session_id, p.umkm_id, p.village_code, p.attended, s.day
           from session s
                join mentoring_participant p on p.session_id = s.id
          where s.status = 'held'
            and s.day between period_from - 30 and period_to
            and p.deleted_at is null),
         contact as (  -- in the last 90 days, by a session or a visit
         select m.code
           from villages_mentored(period_to - 89, period_to) m (code)
          union
         select unnest(v.villages)
           from visit v
          where v.status = 'done'
            and v.deleted_at is null
            and v.visited_on between period_to - 89 and period_to),
         reached as (
         select a.code, count(*) as villages, count(r.code) as reached, count(*) filter (where c.code is null) as without_contact
           from area a
                left join villages_mentored(period_from, period_to) r (code) on r.code = a.village_code
                left join contact c on c.code = a.village_code
          group by grouping sets ((a.code), ())),
         held as (
         select a.code, count(*) filter (where s.status = 'planned') as planned,
                count(*) filter (where s.status = 'held') as held,
                count(*) filter (where s.status = 'cancelled') as cancelled
           from area a
                join session s on s.village_code = a.village_code
          where s.day between period_from and period_to
          group by grouping sets ((a.code), ())),
         due as (
         select s.*
           from session s
          where s.status = 'held'
            and s.day + 30 between period_from and period_to),
         -- Within 30 days a participant attended again, or an action item was recorded.
         followed_up as (
         select l.session_id as id
           from (select t.session_id, count(*) over (partition by t.umkm_id order by t.day - date '2000-01-01'
                                                     range between 1 following and 30 following) as later
                   from attendance t
                  where t.attended) l
          where l.later > 0
          union
         select d.id
           from due d
                join mentoring_action_item i on i.session_id = d.id
          where i.deleted_at is null
            and day_of(i.created_at) between d.day and d.day + 30),
         followed as (
         select a.code, count(*) as due, count(f.id) as done
           from area a
                join due d on d.village_code = a.village_code
                left join followed_up f on f.id = d.id
          group by grouping sets ((a.code), ())),
         business as (
         select a.code, count(*) as umkm, count(t.umkm_id) as reached
           from area a
                join umkm u on u.village_code = a.village_code
                left join (select distinct t.umkm_id
                             from attendance t
                            where t.attended
                              and t.day >= period_from) t on t.umkm_id = u.id
          where u.deleted_at is null
            and report_counts(u.status, verified_only)
          group by grouping sets ((a.code), ())),
         came as (
         select a.code, count(*) as participants, count(t.attended) as recorded, count(*) filter (where t.attended) as attended
           from area a
                join attendance t on t.village_code = a.village_code
          where t.day >= period_from
          group by grouping sets ((a.code), ())),
         item as (
         select a.code, count(*) as due, count(*) filter (where i.state = 'done' and i.closed_on <= i.due_on) as on_time
           from area a
                join mentoring_action_item i on i.village_code = a.village_code
          where i.deleted_at is null
            and i.state <> 'dropped'
            and i.due_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         changed as (
         select a.code, count(*) as outcomes, count(distinct o.umkm_id) as umkm
           from area a
                join outcome o on o.village_code = a.village_code
          where o.deleted_at is null
            and report_counts(o.status, verified_only)
            and o.observed_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         figures as (
         select n.code, n.name, coalesce(r.villages, 0) as denominator, coalesce(r.reached, 0) as reporting,
                report_share(r.reached, r.villages) as share_reporting, coalesce(r.without_contact, 0) as villages_without_contact,
                coalesce(h.planned, 0) as sessions_planned, coalesce(h.held, 0) as sessions_held,
                coalesce(h.cancelled, 0) as sessions_cancelled,
                report_count(coalesce(b.umkm, 0)) as umkm, report_count(coalesce(b.reached, 0)) as umkm_reached,
                report_share(report_count(b.reached), report_count(b.umkm)) as share_umkm_reached,
                report_count(coalesce(c.participants, 0)) as participants,
                report_count(coalesce(c.recorded, 0)) as participants_recorded,
                report_count(coalesce(c.attended, 0)) as participants_attended,
                report_share(report_count(c.attended), report_count(c.recorded)) as attendance_rate,
                coalesce(f.due, 0) as follow_ups_due, coalesce(f.done, 0) as follow_ups_done,
                report_share(f.done, f.due) as share_followed_up, report_count(coalesce(i.due, 0)) as action_items_due,
                report_count(coalesce(i.on_time, 0)) as action_items_on_time,
                report_share(report_count(i.on_time), report_count(i.due)) as share_on_time,
                report_count(coalesce(o.outcomes, 0)) as outcomes, report_count(coalesce(o.umkm, 0)) as umkm_with_outcome
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join reached r on r.code is not distinct from n.code
                left join held h on h.code is not distinct from n.code
                left join followed f on f.code is not distinct from n.code
                left join business b on b.code is not distinct from n.code
                left join came c on c.code is not distinct from n.code
                left join item i on i.code is not distinct from n.code
                left join changed o on o.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

-- A figure of a kecamatan counts its villages. A record keeps only its last verification, which can
-- be after the period. So a village is stale only if it has no verification later than twelve
-- months before the period's end.
-- Measured with 35,000 UMKM of 36 months each on two busy cores, by kecamatan and by village alike:
-- 0.2 s.
create function report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         known as (
         select a.code, f.product_id is not null as flagship, f.name as flagship_product,
                exists (select
                          from village_potential p
                         where p.village_code = a.village_code
                           and p.deleted_at is null
                           and report_counts(p.status, verified_only)) as potential,
                exists (select
                          from product p
                         where p.villages @> array[a.village_code]
                           and p.deleted_at is null
                           and report_counts(p.status, verified_only)) as product,
                v.visited_on, day_of(d.verified_at) as verified_on
           from area a
                left join lateral (select f.product_id, p.name
                                     from flagship f
                                          left join product p on p.id = f.product_id
                                    where f.village_code = a.village_code
                                      and f.deleted_at is null
                                      and report_counts(f.status, verified_only)
                                      and daterange(f.valid_from, f.valid_to, '[]') @> period_to
                                    order by f.status = 'submitted', f.valid_from desc, f.id
                                    limit 1) f on true
                cross join lateral (select max(v.visited_on) as visited_on
                                      from visit v
                                     where v.villages @> array[a.village_code]
                                       and v.deleted_at is null
                                       and v.status = 'done'
                                       and v.visited_on <= period_to) v
                cross join lateral village_verified(a.village_code) d),
         counted as (
         select k.code, count(*) as denominator, count(k.verified_on) as reporting,
                count(*) filter (where k.flagship) as with_flagship,
                max(k.flagship_product) filter (where counted_by = 'village') as flagship_product,
                count(*) filter (where k.potential) as with_potential,
                count(*) filter (where k.product) as with_product,
                count(*) filter (where k.potential and not k.product) as potential_without_product,
                count(*) filter (where k.visited_on >= period_from) as visited,
                count(*) filter (where k.visited_on is null) as never_visited,
                max(k.visited_on) as last_visited_on,
                count(*) filter (where k.verified_on is null or k.verified_on <= period_to - interval '12 months') as stale,
                max(k.verified_on) as last_verified_on
           from known k
          group by grouping sets ((k.code), ())),
         figures as (
         select n.code, n.name, n.longitude, n.latitude, coalesce(c.denominator, 0) as denominator,
                coalesce(c.reporting, 0) as reporting, report_share(c.reporting, c.denominator) as share_reporting,
                coalesce(c.with_flagship, 0) as villages_with_flagship,
                report_inside(case when n.code is not null then c.flagship_product end) as flagship_product,
                coalesce(c.with_potential, 0) as villages_with_potential, coalesce(c.with_product, 0) as villages_with_product,
                coalesce(c.potential_without_product, 0) as villages_potential_without_product,
                coalesce(c.visited, 0) as villages_visited, coalesce(c.never_visited, 0) as villages_never_visited,
                c.last_visited_on, coalesce(c.stale, 0) as villages_stale, c.last_verified_on
           from (select distinct a.code, a.name, a.longitude, a.latitude from area a
                  union all
                 select null, null, null, null) n
                left join counted c on c.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

-- Figures are those of the period's last day. A certificate counts for the products that it names,
-- and for their UMKM. A NIB is of the business: it counts for the UMKM and all its products, also if
-- it stands in the UMKM's record only. Statuses are those of now, not of that day.
-- Measured with 35,000 each of UMKM, products and certificates on two busy cores: 0.3 s, and 0.04 s
-- more for each thousand star estimates.
create function report_branding(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         certificate as materialized (
         select c.*, c.ends_on >= period_to as in_force
           from certification c
          where c.deleted_at is null
            and c.kind <> 'trademark_application'
            and coalesce(c.issued_on, '-infinity') <= period_to
            and report_counts(c.status, verified_only)),
         enterprise as materialized (
         select a.code, u.id, u.nib
           from area a
                join umkm u on u.village_code = a.village_code
          where u.deleted_at is null
            and report_counts(u.status, verified_only)),
         held as (
         select c.umkm_id, array_agg(distinct c.kind) filter (where c.in_force and (c.kind = 'nib' or c.product_ids <> '{}')) as kinds
           from certificate c
          where c.umkm_id is not null
          group by c.umkm_id),
         registered as (
         select e.code, count(*) as denominator,
                count(*) filter (where e.nib is not null or h.umkm_id is not null) as reporting,
                count(*) filter (where e.nib is not null or 'nib' = any (h.kinds)) as nib,
                count(*) filter (where 'pirt' = any (h.kinds)) as pirt,
                count(*) filter (where 'halal' = any (h.kinds)) as halal,
                count(*) filter (where 'trademark' = any (h.kinds)) as trademark
           from enterprise e
                left join held h on h.umkm_id = e.id
          group by grouping sets ((e.code), ())),
         certified as (
         select a.code, count(*) filter (where c.in_force) as in_force,
                count(*) filter (where c.issued_on >= period_from) as issued,
                count(*) filter (where certification_state(c.ends_on, period_to) = 'expiring') as expiring,
                count(*) filter (where c.ends_on >= period_from and not c.in_force) as expired
           from area a
                join certificate c on c.village_code = a.village_code
          group by grouping sets ((a.code), ())),
         made as materialized (
         select a.code, p.id, p.category, p.umkm_id, p.village_enterprise_id,
                num_nulls(coalesce(p.price_min_idr, p.price_max_idr), p.unit) = 0 and says_something(p.name_en)
                  and says_something(p.story) and says_something(p.story_en) and says_something(p.brand) as has_story
           from area a
                join product p on p.village_code = a.village_code
          where p.deleted_at is null
            and report_counts(p.status, verified_only)),
         proved as (
         select k.id, array_agg(k.kind) as kinds, bool_or(k.kind <> 'nib') as certified
           from (select n.id, c.kind from certificate c cross join unnest(c.product_ids) n (id) where c.in_force
                  union
                 select m.id, c.kind
                   from made m
                        join certificate c on c.umkm_id = m.umkm_id
                  where c.kind = 'nib'
                    and c.in_force
                  union
                 select m.id, c.kind
                   from made m
                        join certificate c on c.village_enterprise_id = m.village_enterprise_id
                  where c.kind = 'nib'
                    and c.in_force
                  union
                 select m.id, 'nib'
                   from made m
                        join umkm u on u.id = m.umkm_id
                  where u.nib is not null
                    and u.deleted_at is null
                    and report_counts(u.status, verified_only)
                  union
                 select m.id, 'nib'
                   from made m
                        join village_enterprise e on e.id = m.village_enterprise_id
                  where e.nib is not null
                    and e.deleted_at is null
                    and report_counts(e.status, verified_only)) k
          group by k.id),
         estimate as (
         select distinct on (a.product_id) a.*
           from star_assessment a
          where a.kind = 'estimate'
            and a.year <= extract(year from period_to)
            and a.deleted_at is null
            and report_counts(a.status, verified_only)
          order by a.product_id, a.year desc, a.status = 'submitted', a.id desc),
         shown as (
         select m.code, count(*) as products, count(*) filter (where p.certified) as certified,
                count(*) filter (where p.certified and m.has_story) as complete, count(e.id) as estimated,
                count(*) filter (where l.min_total <= e.total and jsonb_array_length(l.missing) = 1) as one_document_away
           from made m
                left join proved p on p.id = m.id
                left join estimate e on e.product_id = m.id
                left join star_rubric r on r.id = e.rubric_id
                left join lateral star_levels(r.levels, m.category, coalesce(p.kinds, '{}')) l on l.stars = e.estimated_stars + 1
          group by grouping sets ((m.code), ())),
         figures as (
         select n.code, n.name, report_count(coalesce(r.denominator, 0)) as denominator,
                report_count(coalesce(r.reporting, 0)) as reporting,
                report_share(report_count(r.reporting), report_count(r.denominator)) as share_reporting,
                report_count(coalesce(r.nib, 0)) as umkm_nib,
                report_share(report_count(r.nib), report_count(r.denominator)) as share_nib,
                report_count(coalesce(r.pirt, 0)) as umkm_pirt,
                report_share(report_count(r.pirt), report_count(r.denominator)) as share_pirt,
                report_count(coalesce(r.halal, 0)) as umkm_halal,
                report_share(report_count(r.halal), report_count(r.denominator)) as share_halal,
                report_count(coalesce(r.trademark, 0)) as umkm_trademark,
                report_share(report_count(r.trademark), report_count(r.denominator)) as share_trademark,
                report_count(coalesce(c.in_force, 0)) as certificates_in_force,
                report_count(coalesce(c.issued, 0)) as certificates_issued,
                report_count(coalesce(c.expiring, 0)) as certificates_expiring,
                report_count(coalesce(c.expired, 0)) as certificates_expired,
                report_count(coalesce(s.products, 0)) as products,
                report_count(coalesce(s.certified, 0)) as products_certified,
                report_share(report_count(s.certified), report_count(s.products)) as share_products_certified,
                report_count(coalesce(s.complete, 0)) as products_complete,
                report_share(report_count(s.complete), report_count(s.products)) as share_products_complete,
                report_count(coalesce(s.estimated, 0)) as products_estimated,
                report_count(coalesce(s.one_document_away, 0)) as products_one_document_away
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join registered r on r.code is not distinct from n.code
                left join certified c on c.code is not distinct from n.code
                left join shown s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

-- The brief of exactly one village in the form of a report, so that report_snapshot can keep it.
create function report_village_brief(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                     verified_only boolean)
returns table (total json, rows json)
language plpgsql stable as $$
begin
  if cardinality(villages) is distinct from 1 then
    perform refuse('validation_failed', violation('/village_code', 'brief_of_one'));
  end if;

  return query
  select (to_jsonb(b) - 'definitions' || jsonb_build_object('as_of', utc_text(b.as_of)))::json, '[]'::json
    from village v, village_briefing(v) b
   where v.code = villages[1]
     and in_scope(v.code);
  if not found then
    perform refuse('validation_failed', violation('/village_code', 'exists'));
  end if;
end
$$;

grant execute on function
  report_areas(text, text[], text[]), report_counts(text, boolean), report_share(numeric, numeric),
  report_changed_at(), report_definitions(text),
  report_result(text, text, text[], text[], date, date, boolean),
  report_markets(text, text[], text[], date, date, boolean),
  report_to_keep(text, text, text[], text[], date, date, boolean),
  report_outsider(), report_count(bigint), report_inside(anyelement),
  report_median(double precision, bigint, numeric, numeric),
  report_refused(text, text, text[], text[], date, date, boolean),
  report_of_area(text, text, text, date, date),
  report_productivity(text, text[], text[], date, date, boolean),
  report_mentoring(text, text[], text[], date, date, boolean),
  report_ovop_map(text, text[], text[], date, date, boolean),
  report_branding(text, text[], text[], date, date, boolean),
  report_village_brief(text, text[], text[], date, date, boolean)
  to ovop_api;
