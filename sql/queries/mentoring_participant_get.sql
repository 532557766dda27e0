-- One UMKM in a session.
select r.*, r.version::text as _etag
  from mentoring_participant p, mentoring_participant_row(p) r
 where p.id = :id
   and p.deleted_at is null
