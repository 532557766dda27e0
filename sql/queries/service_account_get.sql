-- One service account.
select r.*, r.version::text as _etag
  from service_account a, service_account_row(a) r
 where a.id = :id
