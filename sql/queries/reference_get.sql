-- One code of a list.
select r.*, r.version::text as _etag
  from reference c, reference_row(c) r
 where c.list = :list
   and c.id = :id
