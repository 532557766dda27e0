-- One published village enterprise.
select r.*, left(md5(r::text), 16) as _etag
  from catalog_village_enterprise e, catalog_village_enterprise_row(e) r
 where e.id = :id
