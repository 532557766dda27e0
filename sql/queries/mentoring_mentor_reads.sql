-- The reads of a session's mentor, newest first.
  with page as (
       select l.*
         from personal_reads('mentoring_session', :id) l
        where :after_id is null or l.id < :after_id::bigint
        order by l.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from mentoring_session s where s.id = :id and s.deleted_at is null) or refuse('not_found'))
       found
       left join page p on true
