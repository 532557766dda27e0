-- Deletes a draft; the row stays for the history.
  with w as (
       update village_potential p
          set deleted_at = now()
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select null::text as _etag
  from w
