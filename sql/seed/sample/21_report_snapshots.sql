-- Sample data: a report that the Bupati's office kept, with the figures on the day of the seed.
  with office as materialized (  -- this caller sees every village
       select set_config('app.claims', '{"role": "bupati"}', true) as claims)
insert into report_snapshot (id, report, title, as_of, period_from, period_to, counted_by, verified_only, result, sha256)
select '019a0000-0000-7000-8000-000000000e01', 'markets', 'Rapat evaluasi triwulan III (contoh)', t.as_of, t.period_from,
       t.period_to, 'district', true, t.result, encode(sha256(convert_to(t.result, 'UTF8')), 'hex')
  from office
       cross join report_to_keep(case when office.claims is not null then 'markets' end, 'district', null, null, '2026-01-01',
                                 '2026-09-30', true) t
    on conflict (id) do nothing
