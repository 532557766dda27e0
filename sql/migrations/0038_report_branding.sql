-- Report: who may be trusted by the papers, and which products can be shown to a buyer.

-- As of the last day of the period. A UMKM holds what it or one of its products holds; a product holds its own certificates and
-- those of its maker as a whole. A NIB counts from the record of the UMKM, too. Statuses are those of now, not of that day.
-- Measured with 35,000 UMKM, as many products and as many certificates: 0.3 s (two busy cores), and 0.04 s more for each thousand
-- estimates of stars.
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
            and coalesce(c.issued_on, '-infinity') <= period_to
            and report_counts(c.status, verified_only)),
         enterprise as materialized (
         select a.code, u.id, u.nib
           from area a
                join umkm u on u.village_code = a.village_code
          where u.deleted_at is null
            and report_counts(u.status, verified_only)),
         held as (
         select c.holder_umkm_id, array_agg(distinct c.kind) filter (where c.in_force) as kinds
           from certificate c
          where c.holder_umkm_id is not null
          group by c.holder_umkm_id),
         registered as (
         select e.code, count(*) as denominator,
                count(*) filter (where e.nib is not null or h.holder_umkm_id is not null) as reporting,
                count(*) filter (where e.nib is not null or 'nib' = any (h.kinds)) as nib,
                count(*) filter (where 'pirt' = any (h.kinds)) as pirt,
                count(*) filter (where 'halal' = any (h.kinds)) as halal,
                count(*) filter (where 'trademark' = any (h.kinds)) as trademark
           from enterprise e
                left join held h on h.holder_umkm_id = e.id
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
         select a.code, p.id, p.category, p.umkm_id,
                num_nulls(p.name_en, p.story_id, p.story_en, p.brand, coalesce(p.price_min_idr, p.price_max_idr), p.unit) = 0
                  as told
           from area a
                join product p on p.village_code = a.village_code
          where p.deleted_at is null
            and report_counts(p.status, verified_only)),
         proved as (
         select k.id, array_agg(k.kind) as kinds, bool_or(k.kind <> 'nib') as certified
           from (select m.id, c.kind from made m join certificate c on c.product_id = m.id where c.in_force
                  union
                 select m.id, c.kind from made m join certificate c on c.umkm_id = m.umkm_id where c.in_force
                  union
                 select m.id, 'nib'
                   from made m
                        join umkm u on u.id = m.umkm_id
                  where u.nib is not null
                    and u.deleted_at is null
                    and report_counts(u.status, verified_only)) k
          group by k.id),
         estimate as (
         select distinct on (a.product_id) a.*
           from star_assessment a
          where a.kind = 'estimate'
            and a.year <= extract(year from period_to)
            and a.deleted_at is null
            and report_counts(a.status, verified_only)
          order by a.product_id, a.year desc, a.id desc),
         shown as (
         select m.code, count(*) as products, count(*) filter (where p.certified) as certified,
                count(*) filter (where p.certified and m.told) as complete, count(e.id) as estimated,
                count(*) filter (where l.min_total <= e.total and jsonb_array_length(l.missing) = 1) as one_document_away
           from made m
                left join proved p on p.id = m.id
                left join estimate e on e.product_id = m.id
                left join star_rubric r on r.id = e.rubric_id
                left join lateral star_levels(r.levels, m.category, coalesce(p.kinds, '{}')) l on l.stars = e.estimated_stars + 1
          group by grouping sets ((m.code), ())),
         figures as (
         select n.code, n.name, coalesce(r.denominator, 0) as denominator, coalesce(r.reporting, 0) as reporting,
                share(r.reporting, r.denominator) as share_reporting, coalesce(r.nib, 0) as umkm_nib,
                share(r.nib, r.denominator) as share_nib, coalesce(r.pirt, 0) as umkm_pirt,
                share(r.pirt, r.denominator) as share_pirt, coalesce(r.halal, 0) as umkm_halal,
                share(r.halal, r.denominator) as share_halal, coalesce(r.trademark, 0) as umkm_trademark,
                share(r.trademark, r.denominator) as share_trademark, coalesce(c.in_force, 0) as certificates_in_force,
                coalesce(c.issued, 0) as certificates_issued, coalesce(c.expiring, 0) as certificates_expiring,
                coalesce(c.expired, 0) as certificates_expired, coalesce(s.products, 0) as products,
                coalesce(s.certified, 0) as products_certified, share(s.certified, s.products) as share_products_certified,
                coalesce(s.complete, 0) as products_complete, share(s.complete, s.products) as share_products_complete,
                coalesce(s.estimated, 0) as products_estimated, coalesce(s.one_document_away, 0) as products_one_document_away
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join registered r on r.code is not distinct from n.code
                left join certified c on c.code is not distinct from n.code
                left join shown s on s.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

grant execute on function report_branding(text, text[], text[], date, date, boolean) to ovop_api;
