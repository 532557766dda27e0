-- One product, as JSON.
select row_to_json(p)::text
  from products p
 where p.id = $1
