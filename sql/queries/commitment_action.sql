-- Begins a commitment, says that it is kept, confirms that, or sends it back.
  with w as (
       update commitment c
          set status = workflow_target('commitment', c.status, :action), status_note = :body.note
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, commitment_row(w.c) r
