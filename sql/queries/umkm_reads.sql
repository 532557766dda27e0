-- The reads of a UMKM's owner, newest first.
  with page as (
       select l.*
         from personal_reads('umkm_owner', :id) l
        where :after_id is null or l.id < :after_id::bigint
        order by l.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from umkm u where u.id = :id and u.deleted_at is null) or refuse('not_found')) found
       left join page p on true
