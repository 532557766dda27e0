-- The password was right.
select auth_accept(:subject::uuid, :address, :password_hash)
