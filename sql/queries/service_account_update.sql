-- Changes a service account: name, scopes, villages, disabled.
  with w as (
       update service_account a
          set (name, scopes, villages)
              = (select n.name, n.scopes, n.villages from jsonb_populate_record(a, :body) n),
              disabled_at = case :body.disabled
                              when true then coalesce(a.disabled_at, now())
                              when false then null
                              else a.disabled_at
                            end
        where a.id = :id
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag
  from w, service_account_row(w.a) r
