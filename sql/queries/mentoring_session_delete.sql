-- Deletes a planned session to which nothing refers; the row stays for the history.
  with w as (
       update mentoring_session s
          set deleted_at = now()
        where s.id = :id
          and s.deleted_at is null
          and check_version(s.version, :if_match)
    returning s)
select null::text as _etag
  from w
