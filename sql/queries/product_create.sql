-- Registers a product.
  with w as (
       insert into product as p (id, umkm_id, village_enterprise_id, name, name_en, story, story_en, brand, category,
                                 hs_code, hs_edition, price_min_idr, price_max_idr, unit, moq, monthly_capacity,
                                 shelf_life_days, village_code, villages)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.umkm_id, :body.village_enterprise_id, :body.name, :body.name_en,
               :body.story, :body.story_en, :body.brand, :body.category, reference_plain(:body.hs_code),
               coalesce(:body.hs_edition, reference_edition('hs', :body.hs_code)),
               :body.price_min_idr, :body.price_max_idr, :body.unit, :body.moq, :body.monthly_capacity, :body.shelf_life_days,
               :body.village_code, :body.villages)
    returning p)
select r.*, r.version::text as _etag, '/v1/products/' || r.id as _location
  from w, product_row(w.p) r
