-- A page of mentoring sessions in the caller's scope.
  with hit as not materialized (
       select s.*
         from mentoring_session s
        where s.deleted_at is null
          and claims_hold(:claims, s.villages)
          and (:id is null or s.id = any (:id))
          and (:village_code is null or s.villages && village_present(:village_code))
          and (:district_code is null or s.district_codes && :district_code)
          and (:program_id is null or s.program_id = any (:program_id))
          and (:kind is null or s.kind = any (:kind))
          and (:topic is null or s.topic = any (:topic))
          and (:status is null or s.status = any (:status))
          and (:starts_at_gte is null or s.starts_at >= :starts_at_gte)
          and (:starts_at_lte is null or s.starts_at <= :starts_at_lte)
          and (:umkm_id is null or s.id = any (array(select p.session_id
                                                    from mentoring_participant p
                                                   where p.umkm_id = any (:umkm_id)
                                                     and p.deleted_at is null)))
          and (:updated_at_gte is null or s.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or s.updated_at <= :updated_at_lte)
          and (:q is null or s.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'starts_at' then (h.starts_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-starts_at' then (h.starts_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(narrowed(:q, :village_code, :claims),
                          case :sort when 'starts_at' then h.starts_at when 'updated_at' then h.updated_at end),
                 sort_key(narrowed(:q, :village_code, :claims),
                          case :sort when '-starts_at' then h.starts_at when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%starts_at' then r.starts_at::text else r.updated_at::text end
       as _key, r.id::text as _id
  from :total t
       left join lateral mentoring_session_rows(array(select p.id from page p), :expand) r on true
