-- One published village enterprise.
select r.*
  from catalog_village_enterprise e, catalog_village_enterprise_row(e) r
 where e.id = :id
