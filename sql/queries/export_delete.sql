-- Deletes a draft; the row stays for the history.
  with w as (
       update export e
          set deleted_at = now()
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select null::text as _etag
  from w
