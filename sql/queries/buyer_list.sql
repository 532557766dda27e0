-- A page of buyers in the caller's scope.
  with hit as not materialized (
       select b.*
         from buyer b
        where b.deleted_at is null
          and claims_hold(:claims, b.village_code)
          and (:id is null or b.id = any (:id))
          and (:village_code is null or b.village_code = any (village_present(:village_code)))
          and (:district_code is null or b.district_code = any (:district_code))
          and (:country_code is null or b.country_code = any (:country_code))
          and (:kind is null or b.kind = any (:kind))
          and (:updated_at_gte is null or b.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or b.updated_at <= :updated_at_lte)
          and (:q is null or b.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'name' then (h.name, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name, h.id) < (:after_key, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'name' then h.name end),
                 sort_key(:q, case :sort when '-name' then h.name end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%name' then r.name::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral buyer_rows(array(select p.id from page p)) r on true
