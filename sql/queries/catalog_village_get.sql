-- One village with what it publishes.
select r.*, left(md5(r::text), 16) as _etag
  from village v, catalog_village_row(v) r
 where v.code = :code
