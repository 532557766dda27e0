-- Sample data: invented training programmes. Named "(contoh)", source `sample`.
insert into training_program (id, title, topic, description, starts_on, ends_on, organiser, funding_source, budget_idr, capacity,
                              village_code, status, source)
select r.*, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, title text, topic text, description text, starts_on date, ends_on date,
                                       organiser text, funding_source text, budget_idr bigint, capacity integer,
                                       village_code text, status text)
    on conflict (id) do nothing
