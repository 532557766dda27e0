-- Deletes a draft; the row stays for the history, but nothing of its owner.
  with w as (
       update umkm u
          set deleted_at = now()
        where u.id = :id
          and u.deleted_at is null
          and check_version(u.version, :if_match)
    returning u),
       owner as (
       update umkm_owner o
          set name = null, nik = null, npwp = null, phone = null, address = null
         from w
        where o.id = (w.u).id),
       consent as (
       update umkm_consent c
          set public_owner_name = null, evidence = null
         from w
        where c.id = (w.u).id)
select null::text as _etag
  from w
