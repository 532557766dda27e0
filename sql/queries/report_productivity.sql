-- Report: turnover of the reporting UMKM, compared with the time before.
select r.*
  from report_result('productivity', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
