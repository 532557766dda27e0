-- Plans a training programme.
  with w as (
       insert into training_program as p (id, title, topic, description, starts_on, ends_on, organiser, funding_source,
                                          budget_idr, capacity, village_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.title, :body.topic, :body.description, :body.starts_on,
               :body.ends_on,
               :body.organiser, :body.funding_source, :body.budget_idr, :body.capacity, :body.village_code)
    returning p)
select r.*, r.version::text as _etag, '/v1/training-programs/' || r.id as _location
  from w, training_program_row(w.p) r
