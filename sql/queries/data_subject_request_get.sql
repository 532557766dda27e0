-- One request of a data subject.
select r.*, r.version::text as _etag
  from data_subject_request d, data_subject_request_row(d, :expand) r
 where d.id = :id
   and d.deleted_at is null
