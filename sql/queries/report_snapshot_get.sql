-- A report as it was kept.
select r.*
  from report_snapshot s, report_snapshot_row(s) r
 where s.id = :id
