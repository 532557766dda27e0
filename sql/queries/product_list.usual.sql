-- A page of some villages' products by name, the usual request. Without villages, product_list.sql
-- runs: `is not null` marks village_code as required for the compiler.
select r.*, null::bigint as _total, r.name as _key, r.id::text as _id
  from product_rows(product_page(village_present(:village_code), :status, :after_key, :after_id::uuid, :limit), :expand) r
 where :village_code is not null
