-- Ends the login that a refresh token belongs to.
select auth_revoke(:refresh_hash)
