-- Sample data: invented targets, source `sample`.
insert into target (id, indicator, period_from, period_to, value, note, village_code, district_code, status, verified_at, source)
select r.id, r.indicator, r.period_from, r.period_to, r.value, r.note, r.village_code, r.district_code, r.status,
       case r.status when 'approved' then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, indicator text, period_from date, period_to date, value numeric, note text,
                                       village_code text, district_code text, status text)
    on conflict (id) do nothing
