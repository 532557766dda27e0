-- A page of service accounts.
  with hit as not materialized (
       select a.*
         from service_account a
        where (:id is null or a.id = any (:id))
          and (:scope is null or a.scopes && :scope)
          and (:disabled is null or (a.disabled_at is not null) = :disabled)
          and (:q is null or a.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'client_id' then h.client_id > :after_key
              when '-client_id' then h.client_id < :after_key
              end
        order by case when :sort = 'client_id' then h.client_id end,
                 case when :sort = '-client_id' then h.client_id end desc
        limit :limit)
select r.*, t.n as _total, r.client_id as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral service_account_row(p) r on true
