-- Sample data: invented potentials of real villages, source `sample`.
insert into village_potential (id, commodity, kind, category, quantity, unit, season_months, description, description_en, stage,
                               product_id, village_code, status, status_note, verified_at, source)
select r.id, r.commodity, r.kind, r.category, r.quantity, r.unit, r.season_months, r.description, r.description_en, r.stage,
       r.product_id, r.village_code, r.status, r.status_note, case when r.status in ('verified', 'published') then now() end,
       'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, commodity text, kind text, category text, quantity numeric, unit text,
                                       season_months integer[], description text, description_en text, stage text,
                                       product_id uuid, village_code text, status text, status_note text)
    on conflict (id) do nothing
