-- One commitment.
select r.*, r.version::text as _etag
  from commitment c, commitment_row(c, :expand) r
 where c.id = :id
   and c.deleted_at is null
