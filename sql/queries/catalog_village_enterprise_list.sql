-- A page of published village enterprises.
  with hit as not materialized (
       select e.*
         from catalog_village_enterprise e
        where (:id is null or e.id = any (:id))
          and (:village_code is null or e.villages && village_present(:village_code))
          and (:district_code is null or e.district_codes && :district_code)
          and (:kind is null or e.kind = :kind)
          and (:rank is null or e.rank = any (:rank))
          and (:kbli_code is null or e.kbli_codes && reference_plain(:kbli_code))
          and (:q is null or e.search @@ search_query(:q))),
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
       left join lateral catalog_village_enterprise_rows(array(select p.id from page p)) r on true
