-- A page of villages.
  with hit as not materialized (
       select v.*
         from village v
        where (:district_code is null or v.district_code = any (:district_code))
          and (:kind is null or v.kind = :kind)
          and (:code is null or v.code = any (village_present(:code)))
          and (:population_gte is null or v.population >= :population_gte)
          and (:population_lte is null or v.population <= :population_lte)
          and (:q is null or v.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'code' then h.code > :after_id
              when '-code' then h.code < :after_id
              when 'name' then (h.name, h.code) > (:after_key, :after_id)
              when '-name' then (h.name, h.code) < (:after_key, :after_id)
              end
        order by case when :sort = 'name' then h.name end,
                 case when :sort = '-name' then h.name end desc,
                 case when :sort like '-%' then h.code end desc,
                 h.code
        limit :limit)
select r.*, t.n as _total, r.name as _key, r.code as _id
  from :total t
       left join page p on true
       left join lateral village_row(p) r on true
