-- A page of visits in the caller's scope.
  with hit as not materialized (
       select v.*
         from visit v
        where v.deleted_at is null
          and claims_hold(:claims, v.villages)
          and (:id is null or v.id = any (:id))
          and (:village_code is null or v.villages && village_present(:village_code))
          and (:district_code is null or v.district_codes && :district_code)
          and (:status is null or v.status = any (:status))
          and (:visited_on_gte is null or v.visited_on >= :visited_on_gte)
          and (:visited_on_lte is null or v.visited_on <= :visited_on_lte)
          and (:updated_at_gte is null or v.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or v.updated_at <= :updated_at_lte)
          and (:q is null or v.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'visited_on' then (h.visited_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-visited_on' then (h.visited_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(narrowed(:q, :village_code, :claims), case :sort when 'visited_on' then h.visited_on end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-visited_on' then h.visited_on end) desc,
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when 'updated_at' then h.updated_at end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%visited_on' then r.visited_on::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral visit_rows(array(select p.id from page p), :expand) r on true
