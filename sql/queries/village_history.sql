-- The changes of a village, newest first.
  with page as (
       select h.id, h.at, 'village' as resource, h.action, h.subject, h.role, h.request_id, h.client_request_id, h.changes
         from unnest(village_codes(array[:code])) k (code), audit_history('village', k.code, :member) h
        where :after_id is null or h.id < :after_id::bigint
        order by h.id desc
        limit :limit)
select p.*, null::bigint as _total, p.id::text as _key, p.id::text as _id
  from (select where exists (select from village v where v.code = village_present(:code)) or refuse('not_found')) found
       left join page p on true
