-- One target.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from target t, target_row(t, :expand) r
 where t.id = :id
   and t.deleted_at is null
