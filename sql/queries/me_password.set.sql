-- Sets the new password and ends every login of the user.
select auth_password_set(:subject::uuid, :password_hash)
