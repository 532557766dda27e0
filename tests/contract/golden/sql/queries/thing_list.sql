-- A page of things.
  with page as (
       select t
         from thing t -- :not a bind, nor is ':this' or $$:that$$
        where (:kind is null or t.kind = any (:kind))
          and (:after_id is null
               or case :sort
                  when 'name' then (t.name, t.id) > (:after_key, :after_id::uuid)
                  when '-name' then (t.name, t.id) < (:after_key, :after_id::uuid)
                  end)
        order by case when :sort = 'name' then t.name end, case when :sort = '-name' then t.name end desc, t.id
        limit :limit)
select r.*, null::bigint as _total, r.name as _key, r.id::text as _id
  from page p, thing_row(p.t) r
