-- Changes a planned session, or the results of a held one.
  with w as (
       update mentoring_session s
          set (program_id, kind, topic, title, place, starts_at, ends_at, capacity, diagnosis, notes, village_code, villages)
              = (select n.program_id, n.kind, n.topic, n.title, n.place, n.starts_at, n.ends_at, n.capacity, n.diagnosis,
                        n.notes, n.village_code, n.villages
                   from jsonb_populate_record(s, :body) n)
        where s.id = :id
          and s.deleted_at is null
          and check_version(s.version, :if_match)
    returning s)
select r.*, r.version::text as _etag
  from w, mentoring_session_row(w.s) r
