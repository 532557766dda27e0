-- The changes of a record, newest first.
  with page as (
       select h.id, h.at, h.resource, h.action, h.subject, h.role, h.request_id, h.client_request_id, h.changes
         from (select ':noun' as resource, h.* from audit_history(':noun', :id::text, :member) h
                union all
               select 'village', h.* from village_change_history(':noun', :id::text, :member) h) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from :noun x where x.id = :id and x.deleted_at is null) or refuse('not_found')) found
       left join page p on true
