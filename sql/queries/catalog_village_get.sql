-- One village with what it publishes.
select r.*, o.*, f.*, left(md5(r::text || o::text || f::text), 16) as _etag
  from village v, catalog_village_row(v) r, catalog_village_potentials(v.code) o, catalog_village_flagship(v.code) f
 where v.code = :code
