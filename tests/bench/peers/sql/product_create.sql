-- A product of a UMKM, in its village.
  with made as (
       insert into products (umkm_id, village_code, name, description, category, price, unit, market_reach, published)
       select u.id, u.village_code, $2::text, $3::text, $4::text, $5::bigint, $6::text, $7::text, $8::boolean
         from umkm u
        where u.id = $1::bigint
    returning *)
select row_to_json(made)::text
  from made
