-- The hash that the current password must match, or the seconds to wait.
select password_hash, retry_after
  from auth_password(:subject::uuid)
