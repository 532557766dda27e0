-- The UMKM registered for a session, limited to those that the caller may see.
  with page as (
       select p.*
         from mentoring_participant p
        where p.session_id = :id
          and p.deleted_at is null
          and (:attended is null or p.attended = :attended)
          and (:after_id is null or p.id > :after_id::uuid)
        order by p.id
        limit :limit)
select r.*, null::bigint as _total, r.id::text as _key, r.id::text as _id
  from (select where exists (select from mentoring_session s where s.id = :id and s.deleted_at is null) or refuse('not_found'))
       found
       left join page p on true
       left join lateral mentoring_participant_row(p) r on true
