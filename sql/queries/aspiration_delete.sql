-- Deletes an open aspiration that no commitment answers; the row stays for the history.
  with w as (
       update aspiration a
          set deleted_at = now()
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select null::text as _etag
  from w
