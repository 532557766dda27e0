-- A page of exports in the caller's scope.
  with hit as not materialized (
       select e.*
         from export e
        where e.deleted_at is null
          and claims_hold(:claims, e.village_code)
          and (:id is null or e.id = any (:id))
          and (:village_code is null or e.village_code = any (village_present(:village_code)))
          and (:district_code is null or e.district_code = any (:district_code))
          and (:status is null or e.status = any (:status))
          and (:status_ne is null or e.status <> all (:status_ne))
          and (:mode is null or e.mode = any (:mode))
          and (:destination_country is null or e.destination_country = any (:destination_country))
          and (:evidence_grade is null or e.evidence_grade = any (:evidence_grade))
          and (:exported_on_gte is null or e.exported_on >= :exported_on_gte)
          and (:exported_on_lte is null or e.exported_on <= :exported_on_lte)
          and (:buyer_id is null or e.buyer_id = any (:buyer_id))
          -- A subquery finds these first. The planner cannot know how few exports hold an id, and
          -- would scan all days.
          and (coalesce(:product_id, :umkm_id, :village_enterprise_id) is null
               or e.id = any (array(select x.id
                                      from export x
                                     where (:product_id is null or x.product_ids && :product_id)
                                       and (:umkm_id is null or x.umkm_ids && :umkm_id)
                                       and (:village_enterprise_id is null
                                            or x.village_enterprise_ids && :village_enterprise_id)
                                       and x.deleted_at is null)))
          and (:updated_at_gte is null or e.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or e.updated_at <= :updated_at_lte)
          and (:q is null or e.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'exported_on' then (h.exported_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-exported_on' then (h.exported_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'exported_on' then h.exported_on end),
                 sort_key(:q, case :sort when '-exported_on' then h.exported_on end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%exported_on' then r.exported_on::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral export_rows(array(select p.id from page p)) r on true
