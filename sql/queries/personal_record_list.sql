-- A page of the records that hold personal data, by the end of their retention.
  with hit as not materialized (
       select r.*
         from personal_record r
        where (:resource is null or r.resource = any (:resource))
          and (:record_id is null or r.record_id = any (:record_id))
          and (:umkm_id is null or r.umkm_id = any (:umkm_id))
          and (:village_code is null or r.village_code = any (village_present(:village_code)))
          and (:district_code is null or r.district_code = any (:district_code))
          and (:retention_until_gte is null or r.due >= :retention_until_gte and r.retention_until is not null)
          and (:retention_until_lte is null or r.due <= :retention_until_lte and r.retention_until is not null)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'retention_until' then (h.due, h.id) > (:after_key::date, :after_id::uuid)
              when '-retention_until' then (h.due, h.id) < (:after_key::date, :after_id::uuid)
              end
        order by case :sort when 'retention_until' then h.due end,
                 case :sort when '-retention_until' then h.due end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, p.due::text as _key, r.id::text as _id
  from :total t
       left join page p on true
       left join lateral personal_record_row(p) r on true
