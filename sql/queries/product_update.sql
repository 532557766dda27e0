-- Changes a product; what is verified or published keeps its values, and a change request opens.
  with w as (
       update product p
          set (umkm_id, village_enterprise_id, name_id, name_en, story_id, story_en, brand, category, hs_code, hs_edition,
               price_min_idr, price_max_idr, unit, moq, monthly_capacity, shelf_life_days, village_code, villages)
              = (select n.umkm_id, n.village_enterprise_id, n.name_id, n.name_en, n.story_id, n.story_en, n.brand, n.category,
                        n.hs_code, n.hs_edition, n.price_min_idr, n.price_max_idr, n.unit, n.moq, n.monthly_capacity,
                        n.shelf_life_days, n.village_code, n.villages
                   from jsonb_populate_record(p, :body) n)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, product_row(w.p) r
