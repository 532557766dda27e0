-- Records a monthly report of a UMKM, in the village where the UMKM is now.
  with w as (
       insert into production_report as p (id, umkm_id, product_id, month, volume, unit, turnover_idr, workers_male,
                                           workers_female, village_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.umkm_id, :body.product_id, :body.month, :body.volume::numeric,
               :body.unit,
               :body.turnover_idr, :body.workers_male, :body.workers_female, production_report_village(:body.umkm_id))
    returning p)
select r.*, r.version::text as _etag, '/v1/production-reports/' || r.id as _location
  from w, production_report_row(w.p) r
