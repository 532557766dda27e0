-- Deletes a draft; the row stays for the history.
  with w as (
       update certification c
          set deleted_at = now()
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select null::text as _etag
  from w
