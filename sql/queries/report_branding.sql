-- Report: UMKM with licences and certificates, and products that can be shown to a buyer.
select r.*
  from report_result('branding', :by, :district_code, :village_code, :period_from, :period_to, :verified_only) r
