-- One user.
select r.*, r.version::text as _etag
  from user_account u, user_row(u) r
 where u.id = :id
