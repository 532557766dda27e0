-- A page of data subjects' requests in the caller's scope.
  with hit as not materialized (
       select d.*
         from data_subject_request d
        where d.deleted_at is null
          and claims_hold(:claims, d.village_code)
          and (:id is null or d.id = any (:id))
          and (:village_code is null or d.village_code = any (village_present(:village_code)))
          and (:district_code is null or d.district_code = any (:district_code))
          and (:kind is null or d.kind = any (:kind))
          and (:status is null or d.status = any (:status))
          and (:umkm_id is null or d.umkm_id = any (:umkm_id))
          and (:overdue is null or (d.status in ('received', 'granted') and d.due_at < now()) = :overdue)
          and (:due_at_lte is null or d.due_at <= :due_at_lte)
          and (:updated_at_gte is null or d.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or d.updated_at <= :updated_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'due_at' then (h.due_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-due_at' then (h.due_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'due_at' then h.due_at when 'updated_at' then h.updated_at end,
                 case :sort when '-due_at' then h.due_at when '-updated_at' then h.updated_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%due_at' then r.due_at::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral data_subject_request_rows(array(select p.id from page p), :expand) r on true
