-- Deletes a draft; the row stays for the history.
  with w as (
       update outcome o
          set deleted_at = now()
        where o.id = :id
          and o.deleted_at is null
          and check_version(o.version, :if_match)
    returning o)
select null::text as _etag
  from w
