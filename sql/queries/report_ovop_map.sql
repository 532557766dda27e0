-- Report: villages with a flagship, and villages left behind.
select r.*
  from report_result('ovop_map', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
