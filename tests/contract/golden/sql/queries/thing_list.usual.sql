-- A page of things of some kinds.
select r.*, null::bigint as _total, r.name as _key, r.id::text as _id
  from thing t, thing_row(t) r
 where :kind is not null
   and t.kind = any (:kind)
   and (t.name, t.id) > ((select coalesce(:after_key, '')),
                         (select coalesce(:after_id::uuid, '00000000-0000-0000-0000-000000000000')))
 order by t.name, t.id
 limit :limit
