-- Decides or withdraws the open change request of a record.
  with w as (
       update :noun x
          set change_request = change_decided(':noun', x.status, x.change_request, :action, :body.note)
        where x.id = :id
          and x.deleted_at is null
          and check_version(x.version, :if_match)
    returning x)
select r.*, r.version::text as _etag
  from w, :noun_row(w.x) r
