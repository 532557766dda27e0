-- A page of users.
  with hit as not materialized (
       select u.*
         from user_account u
        where (:id is null or u.id = any (:id))
          and (:role is null or u.role = any (:role))
          and (:village_code is null or u.villages && village_present(:village_code))
          and (:disabled is null or (u.disabled_at is not null) = :disabled)
          and (:q is null or u.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'username' then h.username > :after_key
              when '-username' then h.username < :after_key
              end
        order by case when :sort = 'username' then h.username end,
                 case when :sort = '-username' then h.username end desc
        limit :limit)
select r.*, t.n as _total, r.username as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral user_row(p) r on true
