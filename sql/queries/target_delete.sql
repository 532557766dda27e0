-- Deletes a proposal; the row stays for the history.
  with w as (
       update target t
          set deleted_at = now()
        where t.id = :id
          and t.deleted_at is null
          and check_version(t.version, :if_match)
    returning t)
select null::text as _etag
  from w
