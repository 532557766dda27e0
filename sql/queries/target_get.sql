-- One target.
select r.*, r.version::text as _etag
  from target t, target_row(t, :expand) r
 where t.id = :id
   and t.deleted_at is null
