-- Starts a family of refresh tokens, if the password that was checked is still the current one.
select auth_enter(:subject::uuid, :address, :kept_hash, :renewed_hash, :refresh_hash, :ttl_seconds::int) as entered
