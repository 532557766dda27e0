-- The new password; every login of the user ends.
select auth_password_set(:subject::uuid, :password_hash)
