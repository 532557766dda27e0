-- Changes a planned programme, or the results of a held one.
  with w as (
       update training_program p
          set (title, topic, description, starts_on, ends_on, organiser, funding_source, budget_idr, capacity, village_code)
              = (select n.title, n.topic, n.description, n.starts_on, n.ends_on, n.organiser, n.funding_source, n.budget_idr,
                        n.capacity, n.village_code
                   from jsonb_populate_record(p, :body) n)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, training_program_row(w.p) r
