-- Corrects a request that is not decided yet.
  with w as (
       update data_subject_request r
          set (kind, details, received_at)
              = (select n.kind, n.details, n.received_at from jsonb_populate_record(r, :body) n)
        where r.id = :id
          and r.deleted_at is null
          and check_version(r.version, :if_match)
    returning r)
select r.*, r.version::text as _etag
  from w, data_subject_request_row(w.r) r
