-- Report: the markets that products reached, and the exports.
select r.*
  from report_result('markets', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
