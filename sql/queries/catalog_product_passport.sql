-- The passport of a published product, for anybody who holds the product.
  with passport as (
       select r.id, r.name, r.name_en, r.brand, r.category, r.category_name, r.category_name_en, r.story, r.story_en,
              r.producer_kind, r.producer_name, r.village_code, r.village_name, r.district_code, r.district_name, r.latitude,
              r.longitude, map_url(r.latitude, r.longitude), r.villages, m.markets, r.star_award, r.star_estimate,
              r.certificates, r.flagship_of, m.verified_at, r.contact
         from catalog_product p, catalog_product_row(p) r, catalog_product_markets(p.id) m
        where p.id = :id)
select p.*
  from passport p
