-- Sample data: invented buyers. Named "(contoh)", source `sample`.
insert into buyer (id, name, kind, country_code, website, notes, village_code, source)
select r.id, r.name, r.kind, r.country_code, r.website, r.notes, r.village_code, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, name text, kind text, country_code text, website text, notes text,
                                       village_code text)
    on conflict (id) do nothing
