-- A page of flagships in the caller's scope. The few flagships of one day are found by valid_to and
-- then sorted (sort_key()).
  with hit as not materialized (
       select f.*
         from flagship f
        where f.deleted_at is null
          and claims_hold(:claims, f.village_code)
          and (:id is null or f.id = any (:id))
          and (:village_code is null or f.village_code = any (village_present(:village_code)))
          and (:district_code is null or f.district_code = any (:district_code))
          and (:status is null or f.status = any (:status))
          and (:status_ne is null or f.status <> all (:status_ne))
          and (:change_request is null or (f.change_request).status = :change_request)
          and (:product_id is null or f.product_id = any (:product_id))
          and (:current is null or :current = flagship_in_force(f.status, f.valid_from, f.valid_to, today()))
          and (:valid_on is null or flagship_in_force(f.status, f.valid_from, f.valid_to, :valid_on))
          and (:updated_at_gte is null or f.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or f.updated_at <= :updated_at_lte)
          and (:q is null or f.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'valid_from' then (h.valid_from, h.id) > (:after_key::date, :after_id::uuid)
              when '-valid_from' then (h.valid_from, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(coalesce(:q, :valid_on::text, nullif(:current, false)::text),
                          case :sort when 'valid_from' then h.valid_from end),
                 sort_key(coalesce(:q, :valid_on::text, nullif(:current, false)::text),
                          case :sort when '-valid_from' then h.valid_from end) desc,
                 sort_key(coalesce(:q, :valid_on::text, nullif(:current, false)::text),
                          case :sort when 'updated_at' then h.updated_at end),
                 sort_key(coalesce(:q, :valid_on::text, nullif(:current, false)::text),
                          case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%valid_from' then r.valid_from::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral flagship_rows(array(select p.id from page p), :expand) r on true
