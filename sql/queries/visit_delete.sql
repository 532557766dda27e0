-- Deletes a planned visit of which nothing came; the row stays for the history.
  with w as (
       update visit v
          set deleted_at = now()
        where v.id = :id
          and v.deleted_at is null
          and check_version(v.version, :if_match)
    returning v)
select null::text as _etag
  from w
