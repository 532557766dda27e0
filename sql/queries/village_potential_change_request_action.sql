-- Decides the open change request of a village potential, or takes it back.
  with w as (
       update village_potential p
          set change_request = change_decided('village_potential', p.status, p.change_request, :action, :body.note)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, village_potential_row(w.p) r
