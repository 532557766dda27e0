-- A page of action items in the caller's scope.
  with hit as not materialized (
       select i.*
         from mentoring_action_item i
        where i.deleted_at is null
          and claims_hold(:claims, i.village_code)
          and (:id is null or i.id = any (:id))
          and (:session_id is null or i.session_id = any (:session_id))
          and (:umkm_id is null or i.umkm_id = any (:umkm_id))
          and (:village_code is null or i.village_code = any (village_present(:village_code)))
          and (:district_code is null or i.district_code = any (:district_code))
          and (:owner is null or i.owner = any (:owner))
          and (:state is null or i.state = any (:state))
          and (:overdue is null or (i.state = 'open' and i.due_on < today()) = :overdue)
          and (:due_on_gte is null or i.due_on >= :due_on_gte)
          and (:due_on_lte is null or i.due_on <= :due_on_lte)
          and (:updated_at_gte is null or i.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or i.updated_at <= :updated_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'due_on' then (h.due_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-due_on' then (h.due_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'due_on' then h.due_on end,
                 case :sort when '-due_on' then h.due_on end desc,
                 case :sort when 'updated_at' then h.updated_at end,
                 case :sort when '-updated_at' then h.updated_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%due_on' then r.due_on::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral mentoring_action_item_rows(array(select p.id from page p)) r on true
