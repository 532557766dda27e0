-- Sample data: invented products of real villages. Named "(contoh)", source `sample`.
insert into product (id, umkm_id, village_enterprise_id, name, name_en, story, story_en, brand, category, hs_code, hs_edition,
                     price_min_idr, price_max_idr, unit, moq, monthly_capacity, shelf_life_days, village_code, villages, status,
                     status_note, verified_at, market_steps, source)
select r.id, r.umkm_id, r.village_enterprise_id, r.name, r.name_en, r.story, r.story_en, r.brand, r.category, r.hs_code,
       r.hs_edition, r.price_min_idr, r.price_max_idr, r.unit, r.moq, r.monthly_capacity, r.shelf_life_days, r.village_code,
       r.villages, r.status, r.status_note, case when r.status in ('verified', 'published') then now() end,
       array(select row(uuid_v7(), s.level, s.reached_on, s.evidence, null, null, now(), null)::market_step
               from jsonb_to_recordset(r.market_steps::jsonb) as s (level text, reached_on date, evidence text)),
       'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, umkm_id uuid, village_enterprise_id uuid, name text, name_en text,
                                       story text, story_en text, brand text, category text, hs_code text, hs_edition text,
                                       price_min_idr bigint, price_max_idr bigint, unit text, moq integer,
                                       monthly_capacity integer, shelf_life_days integer, village_code text, villages text[],
                                       status text, status_note text, market_steps text)
    on conflict (id) do nothing
