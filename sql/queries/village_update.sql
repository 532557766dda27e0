-- Changes a village's profile: population and village index.
  with w as (
       update village v
          set (population, population_year, index_name, index_year, index_score, index_status)
              = (select n.population, n.population_year, n.index_name, n.index_year, n.index_score, n.index_status
                   from jsonb_populate_record(v, :body) n)
        where v.code = village_present(:code)
          and check_version(v.version, :if_match)
    returning v)
select r.*, r.version::text as _etag
  from w, village_row(w.v) r
