-- One training programme.
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from training_program p, training_program_row(p, :expand) r
 where p.id = :id
   and p.deleted_at is null
