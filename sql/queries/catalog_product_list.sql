-- A page of published products.
  with hit as not materialized (
       select p.*
         from catalog_product p
        where (:id is null or p.id = any (:id))
          and (:village_code is null or p.villages && village_present(:village_code))
          and (:district_code is null or p.district_codes && :district_code)
          and (:category is null or p.category = any (:category))
          and (:hs_code is null or p.hs_code = any (reference_plain(:hs_code)))
          and (:market_reach is null or p.market_reach = any (:market_reach))
          and (:umkm_id is null or p.umkm_id = any (:umkm_id) and p.producer_id is not null)
          and (:award_scheme is null and :award_stars is null
               or p.id = any (array(select catalog_starred('award', :award_scheme, :award_stars::integer[]))))
          and (:estimate_stars is null
               or p.id = any (array(select catalog_starred('estimate', null, :estimate_stars::integer[]))))
          and (:village_enterprise_id is null
               or p.village_enterprise_id = any (:village_enterprise_id) and p.producer_id is not null)
          and (:certificate is null or p.id = any (array(select k.product_id from catalog_certified(:certificate) k)))
          and (:flagship is null
               or p.id = any (array(select f.product_id
                                      from flagship f
                                     where flagship_in_force(f.status, f.valid_from, f.valid_to, today())
                                       and f.deleted_at is null)))
          and (:q is null or p.search @@ search_query(:q))),
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
select r.*, t.n as _total, case when :sort like '%name' then r.name else r.updated_at::text end as _key, r.id::text as _id
  from :total t
       left join lateral catalog_product_rows(array(select p.id from page p)) r on true
