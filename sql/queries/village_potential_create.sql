-- Registers a village's potential.
  with w as (
       insert into village_potential as p (id, commodity, kind, category, quantity, unit, season_months, description,
                                           description_en, stage, product_id, village_code)
       select coalesce(chosen_id(n.id), uuid_v7()), n.commodity, n.kind, n.category, n.quantity, n.unit, n.season_months,
              n.description, n.description_en, coalesce(n.stage, 'identified'), n.product_id, n.village_code
         from jsonb_populate_record(null::village_potential, :body) n
    returning p)
select r.*, r.version::text as _etag, '/v1/village-potentials/' || r.id as _location
  from w, village_potential_row(w.p) r
