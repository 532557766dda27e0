-- A page of kept reports, without their results.
  with hit as not materialized (
       select s.*
         from report_snapshot s
        where (:id is null or s.id = any (:id))
          and (:report is null or s.report = any (:report))
          and (:created_at_gte is null or s.created_at >= :created_at_gte)
          and (:created_at_lte is null or s.created_at <= :created_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'created_at' then (h.created_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-created_at' then (h.created_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'created_at' then h.created_at end,
                 case :sort when '-created_at' then h.created_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.id, r.report, r.title, r.as_of, r.period_from, r.period_to, r.by, r.district_code, r.village_code, r.verified_only,
       r.sha256, r.created_at, r.created_by, t.n as _total, r.created_at::text as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral report_snapshot_row(p) r on true
