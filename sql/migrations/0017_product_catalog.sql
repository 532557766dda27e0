-- Published products in the public catalogue.

create policy public_select on product for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, name_id, name_en, story_id, story_en, brand, category, hs_code, hs_edition, price_min_idr, price_max_idr, unit,
              moq, monthly_capacity, shelf_life_days, umkm_id, village_enterprise_id, village_code, villages, district_codes,
              market_reach, market_reached_on, search, status, version, updated_at, deleted_at) on product to ovop_public;

create index on product (name_id, id) where status = 'published' and deleted_at is null;
create index on product (updated_at, id) where status = 'published' and deleted_at is null;
create index on product (category, name_id, id) where status = 'published' and deleted_at is null;
create index on product (market_reach, name_id, id) where status = 'published' and deleted_at is null;

-- Whom to ask about a product: its UMKM as far as consent goes, else the Dinas.
create function product_contact(umkm_id uuid) returns table (contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select coalesce(u.contact, json_build_object('of', 'dinas', 'name', d.name, 'phone', d.phone, 'whatsapp', d.whatsapp,
                                               'email', d.email, 'links', d.links))
    from (select) one
         left join dinas_contact d on true
         left join umkm_public(product_contact.umkm_id) u on true;
end
$$;

-- A producer is named once it is published itself.
create view catalog_product with (security_invoker) as
select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, c.name_id as category_name_id,
       c.name_en as category_name_en, p.hs_code, p.hs_edition, p.price_min_idr, p.price_max_idr, p.unit, p.moq,
       p.monthly_capacity, p.shelf_life_days, p.market_reach, p.market_reached_on,
       case when p.umkm_id is null then 'village_enterprise' else 'umkm' end as producer_kind,
       coalesce(u.id, e.id) as producer_id, coalesce(u.name, e.name) as producer_name, p.village_code, v.name as village_name,
       v.district_code, v.district_name, v.latitude, v.longitude, p.villages, p.district_codes, p.umkm_id, p.version,
       p.updated_at, p.search
  from product p
       join village v on v.code = p.village_code
       left join reference c on c.list = 'categories' and c.code = p.category and c.edition is null
       left join umkm u on u.id = p.umkm_id
       left join village_enterprise e on e.id = p.village_enterprise_id;

create function catalog_product_row(p catalog_product)
returns table (id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text,
  category_name_id text, category_name_en text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint,
  unit text, moq integer, monthly_capacity integer, shelf_life_days integer, market_reach text, market_reached_on date,
  producer_kind text, producer_id uuid, producer_name text, village_code text, village_name text, district_code text,
  district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamptz)
language sql stable as $$
  select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, p.category_name_id, p.category_name_en,
         p.hs_code, p.hs_edition, p.price_min_idr, p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days,
         p.market_reach, p.market_reached_on, p.producer_kind, p.producer_id, p.producer_name, p.village_code, p.village_name,
         p.district_code, p.district_name, p.latitude, p.longitude,
         (select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.name, v.code)
            from village v
           where v.code = any (p.villages)),
         c.contact, p.updated_at
    from product_contact(p.umkm_id) c
$$;

grant select on catalog_product to ovop_public;
grant execute on function product_contact(uuid), catalog_product_row(catalog_product) to ovop_public;
