-- Decides the open change request of a certificate, or takes it back.
  with w as (
       update certification c
          set change_request = change_decided('certification', c.status, c.change_request, :action, :body.note)
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, certification_row(w.c) r
