-- One village with its published records.
select r.*
  from village v, catalog_village_row(v) r
 where v.code = village_present(:code)
