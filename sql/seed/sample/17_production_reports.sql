-- Sample data: invented monthly reports of the sample UMKM, source `sample`. No village has
-- published its own. Months are counted back from today, so that the last twelve months are never
-- empty.
insert into production_report (id, umkm_id, product_id, month, volume, unit, turnover_idr, workers_male, workers_female,
                               village_code, status, status_note, verified_at, source)
select r.id, r.umkm_id, r.product_id, to_char(today() - make_interval(months => r.months_ago), 'YYYY-MM'), r.volume, r.unit,
       r.turnover_idr, r.workers_male, r.workers_female, u.village_code, r.status, r.status_note,
       case r.status when 'verified' then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, umkm_id uuid, product_id uuid, months_ago integer, volume numeric, unit text,
                                       turnover_idr bigint, workers_male integer, workers_female integer, status text,
                                       status_note text)
       join umkm u on u.id = r.umkm_id
    on conflict do nothing  -- in a later run the month may exist
