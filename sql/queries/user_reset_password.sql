-- Gives a user a new one-time password and ends the user's logins.
  with w as (
       update user_account u
          set must_change_password = true
        where u.id = :id
    returning u)
select r.*, null::text as secret, r.version::text as _etag
  from w, user_row(w.u) r, credential_put(r.id, :secret.hash) c
