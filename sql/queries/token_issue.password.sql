-- Who wants to log in with which hash to match, or how long to wait.
select subject, password_hash, role, villages, must_change, retry_after
  from auth_login(:username, :address)
