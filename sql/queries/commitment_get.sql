-- One commitment.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from commitment c, commitment_row(c, :expand) r
 where c.id = :id
   and c.deleted_at is null
