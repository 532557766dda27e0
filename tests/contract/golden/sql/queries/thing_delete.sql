-- Deletes a thing.
  with w as (
       delete from thing t
        where t.id = :id
          and check_version(t.version, :if_match)
    returning t.id)
select null::text as _etag
  from w
