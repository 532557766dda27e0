-- Changes a user: name, role, villages, disabled.
  with w as (
       update user_account u
          set (full_name, role, villages)
              = (select n.full_name, n.role, n.villages from jsonb_populate_record(u, :body) n),
              disabled_at = case :body.disabled
                              when true then coalesce(u.disabled_at, now())
                              when false then null
                              else u.disabled_at
                            end
        where u.id = :id
          and check_version(u.version, :if_match)
    returning u)
select r.*, r.version::text as _etag
  from w, user_row(w.u) r
