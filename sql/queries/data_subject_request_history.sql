-- What became of a request, newest first.
  with page as (
       select h.id, h.at, 'data_subject_request' as resource, h.action, h.subject, h.role, h.request_id, h.changes
         from record_history('data_subject_request', :id::text, :member) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from data_subject_request r where r.id = :id and r.deleted_at is null)
               or refuse('not_found')) found
       left join page p on true
