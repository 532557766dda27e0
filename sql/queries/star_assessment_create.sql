-- Records an estimate or an award.
  with w as (
       insert into star_assessment as a (id, product_id, kind, scheme, year, rubric_id, scores, stars, certificate_number,
                                         awarded_by, awarded_on, note)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.product_id, :body.kind, :body.scheme, :body.year, :body.rubric_id,
               coalesce(:body.scores, '[]'), :body.stars, :body.certificate_number, :body.awarded_by, :body.awarded_on,
               :body.note)
    returning a)
select r.*, r.version::text as _etag, '/v1/star-assessments/' || r.id as _location
  from w, star_assessment_row(w.a) r
