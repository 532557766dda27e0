-- Who wants to log in with which hash to match and what the token will say, or how long to wait.
select subject, password_hash, retry_after,
       json_strip_nulls(json_build_object('sub', subject, 'role', role, 'villages', villages,
                                          'must_change', nullif(must_change, false))) as claims
  from auth_login(:username, :address)
