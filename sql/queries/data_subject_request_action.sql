-- Decides a request, takes it back, or says that it has been carried out.
  with w as (
       update data_subject_request r
          set status = workflow_target('data_subject_request', r.status, :action), status_note = :body.note
        where r.id = :id
          and r.deleted_at is null
          and check_version(r.version, :if_match)
    returning r)
select r.*, r.version::text as _etag
  from w, data_subject_request_row(w.r) r
