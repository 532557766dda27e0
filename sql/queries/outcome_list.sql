-- A page of outcomes in the caller's scope.
  with hit as not materialized (
       select o.*
         from outcome o
        where o.deleted_at is null
          and claims_hold(:claims, o.village_code)
          and (:id is null or o.id = any (:id))
          and (:village_code is null or o.village_code = any (village_present(:village_code)))
          and (:district_code is null or o.district_code = any (:district_code))
          and (:umkm_id is null or o.umkm_id = any (:umkm_id))
          and (:session_id is null or o.session_id = any (:session_id))
          and (:program_id is null or o.program_id = any (:program_id)
               or o.session_id = any (array(select s.id from mentoring_session s where s.program_id = any (:program_id))))
          and (:kind is null or o.kind = any (:kind))
          and (:status is null or o.status = any (:status))
          and (:status_ne is null or o.status <> all (:status_ne))
          and (:observed_on_gte is null or o.observed_on >= :observed_on_gte)
          and (:observed_on_lte is null or o.observed_on <= :observed_on_lte)
          and (:updated_at_gte is null or o.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or o.updated_at <= :updated_at_lte)
          and (:q is null or o.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'observed_on' then (h.observed_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-observed_on' then (h.observed_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'observed_on' then h.observed_on end),
                 sort_key(:q, case :sort when '-observed_on' then h.observed_on end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%observed_on' then r.observed_on::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral outcome_rows(array(select p.id from page p), :expand) r on true
