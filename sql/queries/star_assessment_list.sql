-- A page of star assessments in the caller's scope.
  with hit as not materialized (
       select a.*
         from star_assessment a
        where a.deleted_at is null
          and claims_hold(:claims, a.villages)
          and (:id is null or a.id = any (:id))
          and (:village_code is null or a.villages && village_present(:village_code))
          and (:district_code is null or a.district_codes && :district_code)
          and (:status is null or a.status = any (:status))
          and (:status_ne is null or a.status <> all (:status_ne))
          and (:change_request is null or (a.change_request).status = :change_request)
          and (:product_id is null or a.product_id = any (:product_id))
          and (:umkm_id is null or a.umkm_id = any (:umkm_id))
          and (:kind is null or a.kind = :kind)
          and (:scheme is null or a.scheme = any (:scheme))
          and (:year is null or a.year = any (:year::integer[]))
          and (:stars is null or a.result = any (:stars::integer[]))
          and (:updated_at_gte is null or a.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or a.updated_at <= :updated_at_lte)
          and (:q is null or a.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'year' then (h.year, h.id) > (:after_key::integer, :after_id::uuid)
              when '-year' then (h.year, h.id) < (:after_key::integer, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(narrowed(:q, :village_code, :claims), case :sort when 'year' then h.year end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-year' then h.year end) desc,
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when 'updated_at' then h.updated_at end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%year' then r.year::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral star_assessment_rows(array(select p.id from page p), :expand) r on true
