-- Exchanges a refresh token for the next one and returns the claims of the new access token.
select outcome,
       json_strip_nulls(json_build_object('sub', subject, 'role', role, 'villages', villages,
                                          'must_change', nullif(must_change, false))) as claims
  from auth_refresh(:refresh_hash, :new_hash, :ttl_seconds::int)
