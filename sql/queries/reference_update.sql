-- Changes the members of a code, but not the code itself.
  with w as (
       update reference c
          set (name, name_en, valid_from, valid_to, alpha3, minor_units, rate_idr, sea_only, country_code, customs_code,
               equivalent_code, unit, figure)
              = (select n.name, n.name_en, n.valid_from, n.valid_to, n.alpha3, n.minor_units, n.rate_idr, n.sea_only, n.country_code,
                        n.customs_code, n.equivalent_code, n.unit, n.figure
                   from jsonb_populate_record(c, :body) n)
        where c.list = :list
          and c.id = :id
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, reference_row(w.c) r
