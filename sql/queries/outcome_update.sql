-- Changes an outcome that is a draft or needs revision.
  with w as (
       update outcome o
          set (session_id, program_id, kind, description, observed_on, value_before, value_after, unit, evidence)
              = (select n.session_id, n.program_id, n.kind, n.description, n.observed_on, n.value_before, n.value_after, n.unit,
                        n.evidence
                   from jsonb_populate_record(o, :body) n)
        where o.id = :id
          and o.deleted_at is null
          and check_version(o.version, :if_match)
    returning o)
select r.*, r.version::text as _etag
  from w, outcome_row(w.o) r
