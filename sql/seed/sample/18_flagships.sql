-- Sample data: invented decrees on the flagships of real villages. Numbered "(contoh)", source
-- `sample`.
insert into flagship (id, product_id, village_code, decree_number, decreed_on, valid_from, valid_to, status, verified_at, source)
select r.id, r.product_id, r.village_code, r.decree_number, r.decreed_on, r.valid_from, r.valid_to, r.status,
       case when r.status in ('verified', 'published') then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, product_id uuid, village_code text, decree_number text, decreed_on date,
                                       valid_from date, valid_to date, status text)
    on conflict (id) do nothing
