-- The password was right, and still is: a family of refresh tokens begins.
select auth_enter(:subject::uuid, :address, :kept_hash, :renewed_hash, :refresh_hash, :ttl_seconds::int) as entered
