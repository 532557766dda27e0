-- One kept report.
select r.*
  from report_snapshot s, report_snapshot_row(s) r
 where s.id = :id
