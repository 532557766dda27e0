-- One village with its kecamatan and profile.
select r.*, r.version::text as _etag
  from village v, village_row(v) r
 where v.code = village_present(:code)
