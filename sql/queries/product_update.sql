-- Changes a product. A verified or published one keeps its values, and a change request opens.
  with w as (
       update product p
          set (umkm_id, village_enterprise_id, name, name_en, story, story_en, brand, category, hs_code, hs_edition,
               price_min_idr, price_max_idr, unit, moq, monthly_capacity, shelf_life_days, village_code, villages,
               villages_waiting)
              = (select n.umkm_id, n.village_enterprise_id, n.name, n.name_en, n.story, n.story_en, n.brand, n.category,
                        c.code, c.edition, n.price_min_idr, n.price_max_idr, n.unit, n.moq, n.monthly_capacity,
                        n.shelf_life_days, n.village_code, n.villages,
                        case when not :body ? 'villages' then n.villages_waiting else '{}' end
                   from jsonb_populate_record(p, :body) n, reference_changed('hs', p.hs_code, p.hs_edition, :body) c)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, product_row(w.p) r
