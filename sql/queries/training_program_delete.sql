-- Deletes a planned programme that has no sessions; the row stays for the history.
  with w as (
       update training_program p
          set deleted_at = now()
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select null::text as _etag
  from w
