-- Deletes a draft; the row stays for the history.
  with w as (
       update flagship f
          set deleted_at = now()
        where f.id = :id
          and f.deleted_at is null
          and check_version(f.version, :if_match)
    returning f)
select null::text as _etag
  from w
