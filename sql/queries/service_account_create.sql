-- Creates a service account with its secret.
  with w as (
       insert into service_account as a (client_id, name, scopes, villages)
       values (:body.client_id, :body.name, :body.scopes, :body.villages)
    returning a)
select r.*, null::text as secret, r.version::text as _etag, '/v1/service-accounts/' || r.id as _location
  from w, service_account_row(w.a) r, credential_put(r.id, :secret.digest) c
