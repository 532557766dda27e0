-- One thing.
select r.*, t.version::text as _etag
  from thing t, thing_row(t) r
 where t.id = :id
