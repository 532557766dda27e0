-- Deletes an action item; the row stays for the history.
  with w as (
       update mentoring_action_item i
          set deleted_at = now()
        where i.id = :id
          and i.deleted_at is null
          and check_version(i.version, :if_match)
    returning i)
select null::text as _etag
  from w
