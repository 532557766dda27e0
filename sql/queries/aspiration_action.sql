-- Says what became of an aspiration.
  with w as (
       update aspiration a
          set status = workflow_target('aspiration', a.status, :action), status_note = :body.note
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag
  from w, aspiration_row(w.a) r
