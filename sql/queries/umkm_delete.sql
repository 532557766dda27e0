-- Deletes a draft; the row stays for the history.
  with w as (
       update umkm u
          set deleted_at = now()
        where u.id = :id
          and u.deleted_at is null
          and check_version(u.version, :if_match)
    returning u)
select null::text as _etag
  from w
