-- A page of attendances: the participants of held sessions, in the caller's scope.
  with hit as not materialized (
       select p as participant, s as session, p.id, s.starts_at, p.updated_at
         from mentoring_participant p
              join mentoring_session s on s.id = p.session_id
        where p.deleted_at is null
          and s.deleted_at is null
          and s.status = 'held'
          and claims_hold(:claims, p.village_code)
          and (:id is null or p.id = any (:id))
          and (:village_code is null or p.village_code = any (village_present(:village_code)))
          and (:district_code is null or p.district_code = any (:district_code))
          and (:umkm_id is null or p.umkm_id = any (:umkm_id))
          and (:session_id is null or p.session_id = any (:session_id))
          and (:program_id is null or s.program_id = any (:program_id))
          and (:topic is null or s.topic = any (:topic))
          and (:attended is null or p.attended = :attended)
          and (:starts_at_gte is null or s.starts_at >= :starts_at_gte)
          and (:starts_at_lte is null or s.starts_at <= :starts_at_lte)
          and (:updated_at_gte is null or p.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or p.updated_at <= :updated_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort  -- the time alone first, for the index of the sessions
              when 'starts_at' then h.starts_at >= :after_key::timestamptz
                                    and (h.starts_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-starts_at' then h.starts_at <= :after_key::timestamptz
                                     and (h.starts_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'starts_at' then h.starts_at when 'updated_at' then h.updated_at end,
                 case :sort when '-starts_at' then h.starts_at when '-updated_at' then h.updated_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%starts_at' then r.starts_at::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join page p on true
       left join lateral attendance_row(p.participant, p.session, :expand) r on true
