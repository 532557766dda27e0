-- Whether those who report take in more than before.
select r.*
  from report_result('productivity', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
