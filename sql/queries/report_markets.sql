-- How far products came, and what was exported.
select r.*
  from report_result('markets', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
