-- A page of village potentials in the caller's scope.
  with hit as not materialized (
       select p.*
         from village_potential p
        where p.deleted_at is null
          and claims_hold(:claims, p.village_code)
          and (:id is null or p.id = any (:id))
          and (:village_code is null or p.village_code = any (village_present(:village_code)))
          and (:district_code is null or p.district_code = any (:district_code))
          and (:status is null or p.status = any (:status))
          and (:status_ne is null or p.status <> all (:status_ne))
          and (:change_request is null or (p.change_request).status = :change_request)
          and (:kind is null or p.kind = any (:kind))
          and (:category is null or p.category = any (:category))
          and (:stage is null or p.stage = any (:stage))
          and (:season_month is null or p.season_months @> array[:season_month::integer])
          and (:product_id is null or p.product_id = any (:product_id))
          and (:updated_at_gte is null or p.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or p.updated_at <= :updated_at_lte)
          and (:q is null or p.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'commodity' then (h.commodity, h.id) > (:after_key, :after_id::uuid)
              when '-commodity' then (h.commodity, h.id) < (:after_key, :after_id::uuid)
              when 'created_at' then (h.created_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-created_at' then (h.created_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'commodity' then h.commodity end),
                 sort_key(:q, case :sort when '-commodity' then h.commodity end) desc,
                 sort_key(:q, case :sort when 'created_at' then h.created_at when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-created_at' then h.created_at when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total,
       case when :sort like '%commodity' then r.commodity when :sort like '%created_at' then r.created_at::text
            else r.updated_at::text end as _key, r.id::text as _id
  from :total t
       left join lateral village_potential_rows(array(select p.id from page p), :expand) r on true
