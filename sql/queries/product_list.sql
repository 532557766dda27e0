-- A page of products in the caller's scope. Products of one village are read in index order. The
-- few that other villages share with it are sorted in.
  with hit as not materialized (
       select p.id, p.village_code, p.villages, p.name, p.created_at, p.updated_at
         from product p
        where p.deleted_at is null
          and claims_hold(:claims, p.villages)
          and (:id is null or p.id = any (:id))
          and (:district_code is null or p.district_codes && :district_code)
          and (:status is null or p.status = any (:status))
          and (:status_ne is null or p.status <> all (:status_ne))
          and (:change_request is null or (p.change_request).status = :change_request)
          and (:umkm_id is null or p.umkm_id = any (:umkm_id))
          and (:village_enterprise_id is null or p.village_enterprise_id = any (:village_enterprise_id))
          and (:category is null or p.category = any (:category))
          and (:hs_code is null or p.hs_code = any (reference_plain(:hs_code)))
          and (:market_reach is null or p.market_reach = any (:market_reach))
          and (:updated_at_gte is null or p.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or p.updated_at <= :updated_at_lte)
          and (:q is null or p.search @@ search_query(:q))),
       keyed as not materialized (
       select h.id, h.village_code, h.villages, sort_key(:q, case :sort when 'name' then h.name end) as name_up,
              sort_key(:q, case :sort when '-name' then h.name end) as name_down,
              sort_key(:q, case :sort when 'created_at' then h.created_at when 'updated_at' then h.updated_at end) as time_up,
              sort_key(:q, case :sort when '-created_at' then h.created_at when '-updated_at' then h.updated_at end) as time_down,
              case when :sort like '-%' then h.id end as id_down
         from hit h
        where :after_id is null
           or case :sort
              when 'name' then (h.name, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name, h.id) < (:after_key, :after_id::uuid)
              when 'created_at' then (h.created_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-created_at' then (h.created_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end),
       page as (
       select k.id
         from ((select k.*
                  from keyed k
                 where case
                       when :village_code is null then true
                       -- Equality keeps the order of the index.
                       when cardinality(:village_code) = 1 then k.village_code = (village_present(:village_code))[1]
                       else k.village_code = any (village_present(:village_code))
                       end
                 order by k.name_up, k.name_down desc, k.time_up, k.time_down desc, k.id_down desc, k.id
                 limit :limit)
               union all
               select k.*
                 from keyed k
                where cardinality(k.villages) > 1
                  and k.villages && village_present(:village_code)
                  and k.village_code <> all (village_present(:village_code))) k
        order by k.name_up, k.name_down desc, k.time_up, k.time_down desc, k.id_down desc, k.id
        limit :limit)
select r.*, t.n as _total,
       case when :sort like '%name' then r.name when :sort like '%created_at' then r.created_at::text
            else r.updated_at::text end as _key, r.id::text as _id
  from (select case when :count then (select count(*)
                                         from (select
                                                 from hit h
                                                where :village_code is null or h.villages && village_present(:village_code)
                                                limit :counted) h) end as n) t
       left join lateral product_rows(array(select p.id from page p), :expand) r on true
