-- Registers a product.
  with w as (
       insert into product as p (id, umkm_id, village_enterprise_id, name_id, name_en, story_id, story_en, brand, category,
                                 hs_code, hs_edition, price_min_idr, price_max_idr, unit, moq, monthly_capacity,
                                 shelf_life_days, village_code, villages)
       values (coalesce(:body.id, uuid_v7()), :body.umkm_id, :body.village_enterprise_id, :body.name_id, :body.name_en,
               :body.story_id, :body.story_en, :body.brand, :body.category, :body.hs_code, :body.hs_edition,
               :body.price_min_idr, :body.price_max_idr, :body.unit, :body.moq, :body.monthly_capacity, :body.shelf_life_days,
               :body.village_code, :body.villages)
    returning p)
select r.*, r.version::text as _etag, '/v1/products/' || r.id as _location
  from w, product_row(w.p) r
