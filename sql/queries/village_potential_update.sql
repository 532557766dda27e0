-- Changes a village potential. A verified or published one keeps its values, and a change request
-- opens.
  with w as (
       update village_potential p
          set (commodity, kind, category, quantity, unit, season_months, description, description_en, stage, product_id,
               village_code)
              = (select n.commodity, n.kind, n.category, n.quantity, n.unit, n.season_months, n.description,
                        n.description_en, n.stage, n.product_id, n.village_code
                   from jsonb_populate_record(p, :body) n)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, village_potential_row(w.p) r
