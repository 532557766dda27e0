-- Report: which villages have their one product, which have something left to dig up, and which are left alone.

-- When anything of a village was last verified, by the records as they stand; of a joint one, in each of its villages.
create function village_verified(village text) returns table (verified_at timestamptz)
language sql stable as $$
  select greatest(
           (select max(t.verified_at) from village_potential t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from village_enterprise t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from umkm t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from product t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from flagship t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from certification t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from star_assessment t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from production_report t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from outcome t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from export t where t.village_code = village and t.deleted_at is null))
$$;

-- A figure of a kecamatan counts its villages. What was verified again after the period has forgotten when it was before, so a
-- village is stale only where nothing was verified since.
-- Measured with 35,000 UMKM of 36 months each: 0.2 s (two busy cores, by kecamatan and by village alike).
create function report_ovop_map(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         known as (
         select a.code, f.product_id is not null as flagship, f.name_id as flagship_product,
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
                left join lateral (select f.product_id, p.name_id
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
                coalesce(c.reporting, 0) as reporting, share(c.reporting, c.denominator) as share_reporting,
                coalesce(c.with_flagship, 0) as villages_with_flagship,
                case when n.code is not null then c.flagship_product end as flagship_product,
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

grant execute on function village_verified(text), report_ovop_map(text, text[], text[], date, date, boolean) to ovop_api;
