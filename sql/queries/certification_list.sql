-- A page of certificates in the caller's scope.
  with hit as not materialized (
       select c.*
         from certification c
        where c.deleted_at is null
          and claims_hold(:claims, c.villages)
          and (:id is null or c.id = any (:id))
          and (:village_code is null or c.villages && village_present(:village_code))
          and (:district_code is null or c.district_codes && :district_code)
          and (:status is null or c.status = any (:status))
          and (:status_ne is null or c.status <> all (:status_ne))
          and (:change_request is null or (c.change_request).status = :change_request)
          and (:umkm_id is null or c.umkm_id = any (:umkm_id))
          and (:village_enterprise_id is null or c.village_enterprise_id = any (:village_enterprise_id))
          and (:product_id is null or c.product_ids && :product_id)
          and (:kind is null or c.kind = any (:kind))
          and (:state is null
               or 'expired' = any (:state) and c.ends_on < today()
               or 'expiring' = any (:state) and c.ends_on between today() and today() + 60
               or 'valid' = any (:state) and c.ends_on > today() + 60)
          and (:issued_on_gte is null or c.issued_on >= :issued_on_gte)
          and (:issued_on_lte is null or c.issued_on <= :issued_on_lte)
          and (:expires_on_gte is null or c.ends_on >= :expires_on_gte and c.ends_on < 'infinity')
          and (:expires_on_lte is null or c.ends_on <= :expires_on_lte)
          and (:updated_at_gte is null or c.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or c.updated_at <= :updated_at_lte)
          and (:q is null or c.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'expires_on' then (h.ends_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-expires_on' then (h.ends_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(narrowed(:q, :village_code, :claims), case :sort when 'expires_on' then h.ends_on end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-expires_on' then h.ends_on end) desc,
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when 'updated_at' then h.updated_at end),
                 sort_key(narrowed(:q, :village_code, :claims), case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total,
       case when :sort like '%expires_on' then coalesce(r.expires_on, 'infinity')::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral certification_rows(array(select p.id from page p), :expand) r on true
