-- Creates a user with a one-time password.
  with w as (
       insert into user_account as u (username, full_name, role, villages)
       values (:body.username, :body.full_name, :body.role, :body.villages)
    returning u)
select r.*, null::text as secret, r.version::text as _etag, '/v1/users/' || r.id as _location
  from w, user_row(w.u) r, credential_put(r.id, :secret.hash) c
