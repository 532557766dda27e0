-- The passport of a product: what a buyer learns who has nothing but the code on a package.

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

grant execute on function catalog_product_markets(uuid), map_url(numeric, numeric) to ovop_public;
