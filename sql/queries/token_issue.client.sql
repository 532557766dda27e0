-- The service account with this secret and the claims of its token, or the seconds to wait.
select subject, scope, retry_after,
       json_strip_nulls(json_build_object('sub', subject, 'role', 'system', 'villages', villages)) as claims
  from auth_client(:client_id, :secret_digest, :address)
