-- The user, the hash that the password must match and the claims of the token, or the seconds to
-- wait.
select subject, password_hash, retry_after,
       json_strip_nulls(json_build_object('sub', subject, 'role', role, 'villages', villages,
                                          'must_change', nullif(must_change, false))) as claims
  from auth_login(:username, :address)
