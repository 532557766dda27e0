-- A page of UMKM in the caller's scope.
  with hit as not materialized (
       select u.*
         from umkm u
        where u.deleted_at is null
          and claims_hold(:claims, u.village_code)
          and (:id is null or u.id = any (:id))
          and (:village_code is null or u.village_code = any (village_present(:village_code)))
          and (:district_code is null or u.district_code = any (:district_code))
          and (:status is null or u.status = any (:status))
          and (:status_ne is null or u.status <> all (:status_ne))
          and (:change_request is null or (u.change_request).status = :change_request)
          and (:nib is null or u.nib = :nib)
          and (:external_reference is null or u.external_reference = :external_reference)
          and (:kbli_code is null or u.kbli_code = any (reference_plain(:kbli_code)))
          and (:size_class is null or u.size_class = any (:size_class))
          and (:village_enterprise_id is null or u.village_enterprise_id = any (:village_enterprise_id))
          and (:workers_total_gte is null or u.workers_total >= :workers_total_gte)
          and (:workers_total_lte is null or u.workers_total <= :workers_total_lte)
          and (:updated_at_gte is null or u.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or u.updated_at <= :updated_at_lte)
          and (:q is null or u.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'name' then (h.name, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name, h.id) < (:after_key, :after_id::uuid)
              when 'created_at' then (h.created_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-created_at' then (h.created_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'name' then h.name end),
                 sort_key(:q, case :sort when '-name' then h.name end) desc,
                 sort_key(:q, case :sort when 'created_at' then h.created_at when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-created_at' then h.created_at when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total,
       case when :sort like '%name' then r.name when :sort like '%created_at' then r.created_at::text else r.updated_at::text end
       as _key, r.id::text as _id
  from :total t
       left join lateral umkm_rows(array(select p.id from page p), :expand) r on true
