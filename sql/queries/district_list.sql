-- A page of kecamatan.
  with hit as not materialized (
       select d.*
         from district d
        where (:code is null or d.code = any (:code))
          and (:q is null or d.search @@ search_query(:q))),
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
       left join lateral district_row(p) r on true
