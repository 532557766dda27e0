-- The same into the service's own table, whose triggers check, keep the workflow and audit; it has no column for $7 and $8.
  with made as (
       insert into product (umkm_id, village_code, villages, name, story, category, price_min_idr, unit)
       select u.id, u.village_code, array[u.village_code], $2::text, $3::text, $4::text, $5::bigint, $6::text
         from umkm u
        where u.id = bench_id($1::bigint)
          and $7::text is not null
          and $8::boolean
    returning *)
select row_to_json(made)::text
  from made
