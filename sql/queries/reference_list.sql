-- A page of a code list.
  with hit as not materialized (
       select c.*
         from reference c
        where c.list = :list
          and (:id is null or c.id = any (:id))
          and (:code is null or c.code = any (reference_plain(:code)))
          and (:edition is null or c.edition = :edition)
          and (:valid_on is null or coalesce(c.valid_from <= :valid_on, true) and coalesce(c.valid_to >= :valid_on, true))
          and (:q is null or c.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'code' then (h.code, h.id) > (:after_key, :after_id::uuid)
              when '-code' then (h.code, h.id) < (:after_key, :after_id::uuid)
              when 'name' then (h.name, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name, h.id) < (:after_key, :after_id::uuid)
              end
        order by case when :sort = 'code' then h.code end,
                 case when :sort = '-code' then h.code end desc,
                 case when :sort = 'name' then h.name end,
                 case when :sort = '-name' then h.name end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%code' then r.code else r.name end as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral reference_row(p) r on true
