-- The current password was right: clears the failed attempt, even if the new password is refused.
select auth_password_known(:subject::uuid)
