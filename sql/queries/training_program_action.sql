-- Says that a programme was held, or calls it off.
  with w as (
       update training_program p
          set status = workflow_target('training_program', p.status, :action), status_note = :body.note
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, training_program_row(w.p) r
