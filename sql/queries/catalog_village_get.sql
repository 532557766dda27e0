-- One village with what it publishes.
select r.*
  from village v, catalog_village_row(v) r
 where v.code = :code
