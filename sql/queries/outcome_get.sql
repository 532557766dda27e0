-- One outcome.
select r.*, r.version::text as _etag
  from outcome o, outcome_row(o, :expand) r
 where o.id = :id
   and o.deleted_at is null
