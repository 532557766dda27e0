-- Deletes a buyer that no export names; the row stays for the history.
  with w as (
       update buyer b
          set deleted_at = now()
        where b.id = :id
          and b.deleted_at is null
          and check_version(b.version, :if_match)
    returning b)
select null::text as _etag
  from w
