-- A page of commitments in the caller's scope.
  with hit as not materialized (
       select c.*
         from commitment c
        where c.deleted_at is null
          and claims_hold(:claims, c.village_code)
          and (:id is null or c.id = any (:id))
          and (:visit_id is null or c.visit_id = any (:visit_id))
          and (:aspiration_id is null or c.aspiration_id = any (:aspiration_id))
          and (:village_code is null or c.village_code = any (village_present(:village_code)))
          and (:district_code is null or c.district_code = any (:district_code))
          and (:office is null or c.office = any (:office))
          and (:status is null or c.status = any (:status))
          and (:overdue is null or (c.status in ('open', 'in_progress') and c.due_on < today()) = :overdue)
          and (:due_on_gte is null or c.due_on >= :due_on_gte)
          and (:due_on_lte is null or c.due_on <= :due_on_lte)
          and (:updated_at_gte is null or c.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or c.updated_at <= :updated_at_lte)
          and (:q is null
               or c.search @@ search_query(:q)
               or c.id = any (array(select p.commitment_id
                                      from commitment_progress p
                                     where p.deleted_at is null
                                       and p.search @@ search_query(:q))))),
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
        order by sort_key(:q, case :sort when 'due_on' then h.due_on end),
                 sort_key(:q, case :sort when '-due_on' then h.due_on end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%due_on' then r.due_on::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral commitment_rows(array(select p.id from page p), :expand) r on true
