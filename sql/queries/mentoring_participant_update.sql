-- Records attendance, scores and a note.
  with w as (
       update mentoring_participant p
          set (attended, pre_score, post_score, note)
              = (select n.attended, n.pre_score, n.post_score, n.note
                   from jsonb_populate_record(p, :body) n)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, mentoring_participant_row(w.p) r
