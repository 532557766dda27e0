-- Starts a family of refresh tokens.
select auth_session(:subject::uuid, :refresh_hash, :ttl_seconds::int)
