-- Report: the training sessions, the villages and UMKM that they reached, and the follow-up.
select r.*
  from report_result('mentoring', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
