-- What was changed of a flagship, newest first.
  with page as (
       select h.id, h.at, 'flagship' as resource, h.action, h.subject, h.role, h.request_id, h.changes
         from record_history('flagship', :id::text, :member) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from flagship f where f.id = :id and f.deleted_at is null) or refuse('not_found')) found
       left join page p on true
