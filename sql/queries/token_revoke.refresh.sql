-- Ends the login of a refresh token.
select auth_revoke(:refresh_hash)
