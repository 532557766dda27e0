-- One training programme.
select r.*, r.version::text as _etag
  from training_program p, training_program_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
