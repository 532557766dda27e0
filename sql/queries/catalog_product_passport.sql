-- What a published product tells whoever holds it.
  with passport as (
       select r.id, r.name_id, r.name_en, r.brand, r.category, r.category_name_id, r.category_name_en, r.story_id, r.story_en,
              r.producer_kind, r.producer_name, r.village_code, r.village_name, r.district_code, r.district_name, r.latitude,
              r.longitude, map_url(r.latitude, r.longitude), r.villages, m.markets, r.star_award, r.star_estimate,
              r.certificates, r.flagship_of, m.verified_at, r.contact
         from catalog_product p, catalog_product_row(p) r, catalog_product_markets(p.id) m
        where p.id = :id)
select p.*
  from passport p
