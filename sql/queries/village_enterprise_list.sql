-- A page of village enterprises in the caller's scope.
  with hit as not materialized (
       select e.*
         from village_enterprise e
        where e.deleted_at is null
          and claims_hold(:claims, e.villages)
          and (:id is null or e.id = any (:id))
          and (:village_code is null or e.villages && village_present(:village_code))
          and (:district_code is null or e.district_codes && :district_code)
          and (:status is null or e.status = any (:status))
          and (:status_ne is null or e.status <> all (:status_ne))
          and (:change_request is null or (e.change_request).status = :change_request)
          and (:kind is null or e.kind = :kind)
          and (:rank is null or e.rank = any (:rank))
          and (:kbli_code is null or e.kbli_codes && reference_plain(:kbli_code))
          and (:legal_number is null or upper(e.legal_number) = :legal_number)
          and (:nib is null or e.nib = :nib)
          and (:established_on_gte is null or e.established_on >= :established_on_gte)
          and (:established_on_lte is null or e.established_on <= :established_on_lte)
          and (:updated_at_gte is null or e.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or e.updated_at <= :updated_at_lte)
          and (:q is null or e.search @@ search_query(:q))),
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
       left join lateral village_enterprise_rows(array(select p.id from page p), :expand) r on true
