-- Decides the open change request of a target, or takes it back.
  with w as (
       update target t
          set change_request = change_decided('target', t.status, t.change_request, :action, :body.note)
        where t.id = :id
          and t.deleted_at is null
          and check_version(t.version, :if_match)
    returning t)
select r.*, r.version::text as _etag
  from w, target_row(w.t) r
