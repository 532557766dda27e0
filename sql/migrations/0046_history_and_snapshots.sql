-- Who reads a record reads its history: a system that reports production or writes exports was shown an empty one.
alter policy system_select on audit_log using (
  ((select claim_scope('register:read') or claim_scope('register:write'))
   or resource = 'production_report' and (select claim_scope('production:write'))
   or resource in ('buyer', 'export') and (select claim_scope('exports:write')))
  and (villages && (select claim_villages())
       or villages = '{null}'
       or villages is not null and (select claim_district())));

-- Who kept a report, and when, is not the caller's to say.
revoke insert on report_snapshot from ovop_dinas, ovop_bupati;
grant insert (id, report, title, as_of, period_from, period_to, counted_by, district_codes, village_codes, verified_only, result, sha256)
   on report_snapshot to ovop_dinas, ovop_bupati;
