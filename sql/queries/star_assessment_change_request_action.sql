-- Decides the open change request of a star assessment, or takes it back.
  with w as (
       update star_assessment a
          set change_request = change_decided('star_assessment', a.status, a.change_request, :action, :body.note)
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag
  from w, star_assessment_row(w.a) r
