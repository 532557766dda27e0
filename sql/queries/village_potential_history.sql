-- What was changed of a village potential, newest first.
  with page as (
       select h.id, h.at, 'village_potential' as resource, h.action, h.subject, h.role, h.request_id, h.changes
         from record_history('village_potential', :id::text, :member) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from village_potential p where p.id = :id and p.deleted_at is null) or refuse('not_found')) found
       left join page p on true
