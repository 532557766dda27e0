-- Changes a star assessment. A verified or published one keeps its values, and a change request
-- opens.
  with w as (
       update star_assessment a
          set (year, rubric_id, scores, stars, certificate_number, awarded_by, awarded_on, note)
              = (select n.year, n.rubric_id, n.scores, n.stars, n.certificate_number, n.awarded_by, n.awarded_on, n.note
                   from jsonb_populate_record(a, :body) n)
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, star_assessment_row(w.a) r
