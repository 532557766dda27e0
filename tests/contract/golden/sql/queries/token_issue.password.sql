-- Who this is.
select u.id as subject
  from users u
 where u.username = :username
