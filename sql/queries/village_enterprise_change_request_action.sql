-- Decides the open change request of a village enterprise, or takes it back.
  with w as (
       update village_enterprise e
          set change_request = change_decided('village_enterprise', e.status, e.change_request, :action, :body.note)
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag
  from w, village_enterprise_row(w.e) r
