-- Exchanges a refresh token for the next one.
select outcome, subject, role, villages, must_change
  from auth_refresh(:refresh_hash, :new_hash, :ttl_seconds::int)
