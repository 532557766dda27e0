-- Gives a service account a new secret. The old secret ends at once.
  with w as (
       update service_account a
          set name = a.name
        where a.id = :id
    returning a)
select r.*, null::text as secret, r.version::text as _etag
  from w, service_account_row(w.a) r, credential_put(r.id, :secret.digest) c
