-- Deletes a buyer that no export names; the row stays for the history.
  with w as (
       update buyer b
          set deleted_at = now()
        where b.id = :id
          and b.deleted_at is null
          and check_version(b.version, :if_match)
          and (not exists (select from export e where e.buyer_id = b.id and e.deleted_at is null)
               or refuse('state_conflict', violation('', 'has_exports')))
    returning b)
select null::text as _etag
  from w
