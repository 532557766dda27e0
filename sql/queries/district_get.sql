-- One kecamatan.
select r.*, r.version::text as _etag
  from district d, district_row(d) r
 where d.code = :code
