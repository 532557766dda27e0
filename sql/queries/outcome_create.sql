-- Records an outcome of mentoring, in the village where the UMKM is.
  with w as (
       insert into outcome as o (id, umkm_id, session_id, program_id, kind, description, observed_on, value_before, value_after,
                                 unit, evidence, village_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.umkm_id, :body.session_id, :body.program_id, :body.kind,
               :body.description,
               :body.observed_on, :body.value_before::numeric, :body.value_after::numeric, :body.unit,
               coalesce(:body.evidence, '[]'), (select u.village_code from umkm u where u.id = :body.umkm_id))
    returning o)
select r.*, r.version::text as _etag, '/v1/outcomes/' || r.id as _location
  from w, outcome_row(w.o) r
