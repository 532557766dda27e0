-- What the catalogue shows of a UMKM, a village enterprise, a product and a village, with their certificates, stars, potentials and
-- flagships; and of a product on its passport, to a buyer who has nothing but the code on a package.

create function catalog_umkm_row(u catalog_umkm)
returns table (id uuid, name text, kbli_code text, kbli_edition text, kbli_name_id text, kbli_name_en text, legal_form text,
  founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text,
  latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamptz, certificates json)
language sql stable as $$
  select u.id, u.name, u.kbli_code, u.kbli_edition, u.kbli_name_id, u.kbli_name_en, u.legal_form, u.founded_on, u.size_class,
         u.village_code, u.village_name, u.district_code, u.district_name, u.latitude, u.longitude, p.owner_name, p.contact,
         u.updated_at, c.certificates
    from umkm_public(u.id) p, catalog_umkm_certificates(u.id) c
$$;

create function catalog_village_enterprise_row(e catalog_village_enterprise)
returns table (id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text,
  rank_year integer, village_code text, village_name text, district_code text, district_name text, latitude numeric,
  longitude numeric, villages json, contact json, updated_at timestamptz)
language sql stable as $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on,
         (select coalesce(json_agg(json_build_object(
                            'name', u.unit ->> 'name', 'kbli_code', u.unit ->> 'kbli_code',
                            'kbli_edition', u.unit ->> 'kbli_edition', 'kbli_name_id', k.name_id, 'kbli_name_en', k.name_en,
                            'started_on', u.unit ->> 'started_on') order by u.position), '[]')
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
                 left join reference k on k.list = 'kbli' and k.code = u.unit ->> 'kbli_code'
                                          and k.edition = u.unit ->> 'kbli_edition'),
         e.rank, e.rank_year, e.village_code, e.village_name, e.district_code, e.district_name, e.latitude, e.longitude,
         village_names(e.villages), c.contact, e.updated_at
    from product_contact(null) c
$$;

create function catalog_product_row(p catalog_product)
returns table (id uuid, name_id text, name_en text, story_id text, story_en text, brand text, category text,
  category_name_id text, category_name_en text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint,
  unit text, moq integer, monthly_capacity integer, shelf_life_days integer, market_reach text, market_reached_on date,
  producer_kind text, producer_id uuid, producer_name text, village_code text, village_name text, district_code text,
  district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamptz,
  star_award json, star_estimate json, certificates json, flagship_of json)
language sql stable as $$
  select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, p.category_name_id, p.category_name_en,
         p.hs_code, p.hs_edition, p.price_min_idr, p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days,
         p.market_reach, p.market_reached_on, p.producer_kind, p.producer_id, p.producer_name, p.village_code, p.village_name,
         p.district_code, p.district_name, p.latitude, p.longitude,
         village_names(p.villages), o.contact, p.updated_at, s.star_award, s.star_estimate, c.certificates, f.flagship_of
    from product_contact(p.umkm_id) o, catalog_product_stars(p.id) s, catalog_certificates(p.producer_id, array[p.id]) c,
         catalog_product_flagships(p.id) f
$$;

create function catalog_village_row(v village)
returns table (code text, kind text, name text, district_code text, district_name text, latitude numeric, longitude numeric,
  umkm_count integer, activities json, village_enterprises json, potentials json, flagship json)
language sql stable as $$
  select v.code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, a.umkm_count, a.activities,
         e.village_enterprises, p.potentials, f.flagship
    from (select coalesce(sum(k.umkm_count), 0)::integer,
                 coalesce(json_agg(json_build_object('kbli_code', k.kbli_code, 'kbli_edition', k.kbli_edition,
                                                     'name_id', c.name_id, 'name_en', c.name_en, 'umkm_count', k.umkm_count)
                                   order by k.umkm_count desc, k.kbli_code) filter (where c.code is not null), '[]')
            from (select u.kbli_code, u.kbli_edition, count(*)
                    from umkm u
                   where u.village_code = v.code
                     and u.status = 'published'
                     and u.deleted_at is null
                   group by u.kbli_code, u.kbli_edition) k (kbli_code, kbli_edition, umkm_count)
                 left join reference c on c.list = 'kbli' and c.code = k.kbli_code and c.edition = k.kbli_edition
         ) a (umkm_count, activities),
         (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name, 'kind', b.kind) order by b.name, b.id), '[]')
            from village_enterprise b
           where b.villages @> array[v.code]
             and b.status = 'published'
             and b.deleted_at is null) e (village_enterprises),
         catalog_village_potentials(v.code) p, catalog_village_flagship(v.code) f
$$;

-- The levels a published product reached, the farthest first, each since when; and when its record was last verified. A definer:
-- what proves a step is not everybody's.
create function catalog_product_markets(product_id uuid) returns table (markets json, verified_at timestamptz)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select (select coalesce(json_agg(json_build_object('market_reach', m.level, 'reached_on', m.reached_on) order by m.place), '[]')
            from (select s.level, min(s.reached_on), min(s.ordinality)
                    from market_steps_effective(p.market_steps) with ordinality s
                   group by s.level) m (level, reached_on, place)),
         p.verified_at
    from product p
   where p.id = catalog_product_markets.product_id
     and p.status = 'published'
     and p.deleted_at is null;
end
$$;

create function map_url(latitude numeric, longitude numeric) returns text
language sql immutable parallel safe as $$
  select format('https://www.openstreetmap.org/?mlat=%1$s&mlon=%2$s#map=14/%1$s/%2$s', latitude, longitude)
$$;

grant execute on function
  catalog_umkm_row(catalog_umkm), catalog_village_enterprise_row(catalog_village_enterprise), catalog_product_row(catalog_product),
  catalog_village_row(village), catalog_product_markets(uuid), map_url(numeric, numeric)
  to ovop_public;
