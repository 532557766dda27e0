-- A page of aspirations in the caller's scope.
  with hit as not materialized (
       select a.*
         from aspiration a
        where a.deleted_at is null
          and claims_hold(:claims, a.village_code)
          and (:id is null or a.id = any (:id))
          and (:visit_id is null or a.visit_id = any (:visit_id))
          and (:village_code is null or a.village_code = any (village_present(:village_code)))
          and (:district_code is null or a.district_code = any (:district_code))
          and (:kind is null or a.kind = any (:kind))
          and (:topic is null or a.topic = any (:topic))
          and (:priority is null or a.priority = any (:priority))
          and (:status is null or a.status = any (:status))
          and (:updated_at_gte is null or a.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or a.updated_at <= :updated_at_lte)
          and (:q is null or a.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'created_at' then (h.created_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-created_at' then (h.created_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'created_at' then h.created_at when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-created_at' then h.created_at when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%created_at' then r.created_at::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral aspiration_rows(array(select p.id from page p), :expand) r on true
