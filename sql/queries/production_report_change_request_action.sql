-- Decides the open change request of a production report, or takes it back.
  with w as (
       update production_report p
          set change_request = change_decided('production_report', p.status, p.change_request, :action, :body.note)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, production_report_row(w.p) r
