-- Changes what is said of a code; the code itself stays.
  with w as (
       update reference c
          set (name_id, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code, customs_code,
               equivalent_code, unit, figure)
              = (select n.name_id, n.name_en, n.valid_from, n.valid_to, n.alpha3, n.minor_units, n.sea_only, n.country_code,
                        n.customs_code, n.equivalent_code, n.unit, n.figure
                   from jsonb_populate_record(c, :body) n)
        where c.list = :list
          and c.id = :id
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, reference_row(w.c) r
