-- A page of rubrics.
  with hit as not materialized (
       select s.*
         from star_rubric s
        where (:id is null or s.id = any (:id))
          and (:scheme is null or s.scheme = any (:scheme))
          and (:year is null or s.year = any (:year::integer[]))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'year' then (h.year, h.id) > (:after_key::integer, :after_id::uuid)
              when '-year' then (h.year, h.id) < (:after_key::integer, :after_id::uuid)
              end
        order by case :sort when 'year' then h.year end,
                 case :sort when '-year' then h.year end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, r.year::text as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral star_rubric_row(p) r on true
