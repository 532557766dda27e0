-- A page of production reports in the caller's scope.
  with hit as not materialized (
       select p.*
         from production_report p
        where p.deleted_at is null
          and claims_hold(:claims, p.village_code)
          and (:id is null or p.id = any (:id))
          and (:village_code is null or p.village_code = any (village_present(:village_code)))
          and (:district_code is null or p.district_code = any (:district_code))
          and (:status is null or p.status = any (:status))
          and (:status_ne is null or p.status <> all (:status_ne))
          and (:change_request is null or (p.change_request).status = :change_request)
          and (:umkm_id is null or p.umkm_id = any (:umkm_id))
          and (:product_id is null or p.product_id = any (:product_id))
          and (:month_gte is null or p.month >= :month_gte)
          and (:month_lte is null or p.month <= :month_lte)
          and (:updated_at_gte is null or p.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or p.updated_at <= :updated_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'month' then (h.month, h.id) > (:after_key, :after_id::uuid)
              when '-month' then (h.month, h.id) < (:after_key, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'month' then h.month end,
                 case :sort when '-month' then h.month end desc,
                 case :sort when 'updated_at' then h.updated_at end,
                 case :sort when '-updated_at' then h.updated_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%month' then r.month else r.updated_at::text end as _key, r.id::text as _id
  from :total t
       left join lateral production_report_rows(array(select p.id from page p), :expand) r on true
