-- Registers a UMKM for a session.
  with w as (
       insert into mentoring_participant as p (id, session_id, umkm_id, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), s.id, :body.umkm_id, coalesce(u.village_code, s.village_code)
         from mentoring_session s
              left join umkm u on u.id = :body.umkm_id
        where s.id = :id
          and s.deleted_at is null
    returning p)
select r.*, r.version::text as _etag, '/v1/mentoring-participants/' || r.id as _location
  from w, mentoring_participant_row(w.p) r
