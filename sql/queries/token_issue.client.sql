-- The service account whose secret this is, or how long to wait.
select subject, scope, villages, retry_after
  from auth_client(:client_id, :secret_digest, :address)
