-- Deletes a record. The row stays for the history.
  with w as (
       update :noun x
          set deleted_at = now()
        where x.id = :id
          and x.deleted_at is null
          and check_version(x.version, :if_match)
    returning x)
select null::text as _etag
  from w
