-- Plans a mentoring session.
  with w as (
       insert into mentoring_session as s (id, program_id, kind, topic, title, place, starts_at, ends_at, capacity, diagnosis,
                                           notes, village_code, villages)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.program_id, :body.kind, :body.topic, :body.title, :body.place,
               :body.starts_at,
               :body.ends_at, :body.capacity, :body.diagnosis, :body.notes, :body.village_code,
               coalesce(:body.villages, array[:body.village_code]))
    returning s)
select r.*, r.version::text as _etag, '/v1/mentoring-sessions/' || r.id as _location
  from w, mentoring_session_row(w.s) r
