-- A page of a code list.
  with hit as not materialized (
       select c.*
         from reference c
        where c.list = :list
          and (:id is null or c.id = any (:id))
          and (:code is null or c.code = any (:code))
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
              when 'name' then (h.name_id, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name_id, h.id) < (:after_key, :after_id::uuid)
              end
        order by case :sort when 'code' then h.code when 'name' then h.name_id end,
                 case :sort when '-code' then h.code when '-name' then h.name_id end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%code' then r.code else r.name_id end as _key, r.id::text as _id
  from (select case when :count then (select count(*) from (select from hit limit 100001) h) end as n) t
       left join page p on true
       left join lateral reference_row(p) r on true
