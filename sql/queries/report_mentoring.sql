-- Whether the Dinas trains, whom it reaches and whether it comes back.
select r.*
  from report_result('mentoring', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
