-- Changes a rubric that no assessment uses.
  with w as (
       update star_rubric s
          set (name, name_en, criteria, levels)
              = (select n.name, n.name_en, n.criteria, n.levels from jsonb_populate_record(s, :body) n)
        where s.id = :id
          and check_version(s.version, :if_match)
    returning s)
select r.*, r.version::text as _etag
  from w, star_rubric_row(w.s) r
