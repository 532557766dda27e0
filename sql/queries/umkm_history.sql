-- The changes of a UMKM, its owner and the consent, newest first.
  with page as (
       select h.id, h.at, h.resource, h.action, h.subject, h.role, h.request_id, h.client_request_id, h.changes
         from (select part.resource, h.*
                 from unnest(array['umkm', 'umkm_owner', 'umkm_consent']) part (resource),
                      audit_history(part.resource, :id::text, :member) h
                union all
               select 'village', h.* from village_change_history('umkm', :id::text, :member) h) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from umkm u where u.id = :id and u.deleted_at is null) or refuse('not_found')) found
       left join page p on true
