-- The public catalogue: views under the policies and column grants of ovop_public, and their rows.

create function catalog_contact(whose text, name text, phone text, whatsapp text, email text, links text[]) returns json
language sql stable parallel safe as $$
  select json_build_object('of', whose, 'name', name, 'phone', phone, 'whatsapp', whatsapp, 'email', email, 'links', links)
$$;

create view catalog_umkm with (security_invoker) as
select u.id, u.name, u.kbli_code, u.kbli_edition, k.name as kbli_name, k.name_en as kbli_name_en, u.legal_form,
       u.founded_on, u.size_class, u.village_code, v.name as village_name, u.district_code, v.district_name, v.latitude,
       v.longitude, u.version, u.updated_at, u.search_public
  from umkm u
       join village v on v.code = u.village_code
       left join reference k on k.list = 'kbli' and k.code = u.kbli_code and k.edition = u.kbli_edition;

create view catalog_village_enterprise with (security_invoker) as
select e.id, e.name, e.kind, e.legal_number, e.established_on, e.unit_businesses, e.rank, e.rank_year, e.village_code,
       v.name as village_name, v.district_code, v.district_name, v.latitude, v.longitude, e.villages, e.district_codes,
       e.kbli_codes, e.updated_at, e.search
  from village_enterprise e
       join village v on v.code = e.village_code;

-- The view names a producer only if the producer is published too.
create view catalog_product with (security_invoker) as
select p.id, p.name, p.name_en, p.story, p.story_en, p.brand, p.category, c.name as category_name,
       c.name_en as category_name_en, p.hs_code, p.hs_edition, p.price_min_idr, p.price_max_idr, p.unit, p.moq,
       p.monthly_capacity, p.shelf_life_days, p.market_reach, p.market_reached_on,
       case when p.umkm_id is null then 'village_enterprise' else 'umkm' end as producer_kind,
       coalesce(u.id, e.id) as producer_id, coalesce(u.name, e.name) as producer_name, p.village_code, v.name as village_name,
       v.district_code, v.district_name, v.latitude, v.longitude, p.villages, p.district_codes, p.umkm_id,
       p.village_enterprise_id, p.version, p.updated_at, p.search
  from product p
       join village v on v.code = p.village_code
       left join reference c on c.list = 'categories' and c.code = p.category and c.edition is null
       left join umkm u on u.id = p.umkm_id
       left join village_enterprise e on e.id = p.village_enterprise_id;

grant select on catalog_umkm, catalog_village_enterprise, catalog_product to ovop_public;

-- The published potentials of a village. Each one names the product that it became, if that product
-- is published.
create function catalog_village_potentials(village_code text) returns table (potentials json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
           'id', p.id, 'commodity', p.commodity, 'kind', p.kind, 'category', p.category, 'category_name', c.name,
           'category_name_en', c.name_en, 'quantity', trim_scale(p.quantity)::text, 'unit', p.unit,
           'season_months', p.season_months, 'description', p.description, 'description_en', p.description_en,
           'stage', p.stage, 'product_id', m.id) order by p.commodity, p.id), '[]')
    from village_potential p
         left join reference c on c.list = 'categories' and c.code = p.category and c.edition is null
         left join product m on m.id = p.product_id and m.status = 'published' and m.deleted_at is null
   where p.village_code = catalog_village_potentials.village_code
     and p.status = 'published'
     and p.deleted_at is null
$$;

-- Today's flagship of a village, if its product is published.
create function catalog_village_flagship(village_code text) returns table (flagship json)
language sql stable as $$
  select (select json_build_object('product_id', p.id, 'name', p.name, 'name_en', p.name_en,
                                   'decree_number', f.decree_number, 'decreed_on', f.decreed_on,
                                   'valid_from', f.valid_from, 'valid_to', f.valid_to)
            from flagship f
                 join product p on p.id = f.product_id and p.status = 'published' and p.deleted_at is null
           where f.village_code = catalog_village_flagship.village_code
             and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
             and f.deleted_at is null)
$$;

-- The villages whose flagship today is this product.
create function catalog_product_flagships(product_id uuid) returns table (flagship_of json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('code', v.code, 'name', v.name, 'decree_number', f.decree_number,
                                             'decreed_on', f.decreed_on, 'valid_from', f.valid_from, 'valid_to', f.valid_to)
                           order by v.name, v.code), '[]')
    from flagship f
         join village v on v.code = f.village_code
   where f.product_id = catalog_product_flagships.product_id
     and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
     and f.deleted_at is null
$$;

-- The published certificates that name one of these products, and the NIB of their maker, which is
-- of the business. Each one names the published products that it covers.
-- The view gives the producer as coalesce() of two columns, and under a policy this can use no
-- index. The subselect gives the index a value; without it, each product of the catalogue would
-- read every certificate.
create function catalog_certificates(maker_id uuid, products uuid[]) returns table (certificates json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
                    'kind', c.kind, 'number', c.public_number, 'issuer', c.issuer, 'issued_on', c.issued_on,
                    'expires_on', c.expires_on, 'state', certification_state(c.ends_on, today()),
                    'product_ids', array(select p.id from product p where p.id = any (c.product_ids) order by p.id))
                  order by c.ends_on desc, c.kind, c.id), '[]')
    from certification c
   where c.status = 'published'
     and c.deleted_at is null
     and (c.product_ids && products
          or c.kind = 'nib' and (c.umkm_id = (select maker_id) or c.village_enterprise_id = (select maker_id)))
$$;

create function catalog_umkm_certificates(umkm_id uuid) returns table (certificates json)
language sql stable as $$
  select c.certificates
    from catalog_certificates(catalog_umkm_certificates.umkm_id,
                              array(select p.id
                                      from product p
                                     where p.umkm_id = catalog_umkm_certificates.umkm_id
                                       and p.status = 'published')) c
$$;

-- The products that a published certificate of these kinds in force names, each with its UMKM. A NIB
-- covers its business and all that it makes.
create function catalog_certified(kinds text[]) returns table (umkm_id uuid, product_id uuid)
language sql stable as $$
    with held as (
         select c.umkm_id, c.village_enterprise_id, c.product_ids, c.kind
           from certification c
          where c.kind = any (kinds)
            and c.ends_on >= today()
            and c.status = 'published'
            and c.deleted_at is null)
  select p.umkm_id, p.id
    from held h
         cross join unnest(h.product_ids) n (id)
         join product p on p.id = n.id
   union all
  select u.id, p.id
    from held h
         -- Few certificates match: `offset 0` makes a look-up for each, not a scan of all UMKM.
         cross join lateral (select u.id from umkm u where u.id = h.umkm_id offset 0) u
         left join product p on p.umkm_id = u.id
   where h.kind = 'nib'
   union all
  select null, p.id
    from held h
         cross join lateral (select e.id from village_enterprise e where e.id = h.village_enterprise_id offset 0) e
         join product p on p.village_enterprise_id = e.id
   where h.kind = 'nib'
$$;

-- The latest published award and the latest published estimate of a product, in separate columns.
create function catalog_product_stars(product_id uuid) returns table (star_award json, star_estimate json)
language sql stable as $$
  select (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result, 'awarded_by', a.awarded_by,
                                   'awarded_on', a.awarded_on, 'certificate_number', a.certificate_number)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'award'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1),
         (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'estimate'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1)
$$;

-- The products whose latest published award or estimate has one of these schemes and star counts.
create function catalog_starred(kind text, schemes text[], stars integer[]) returns setof uuid
language sql stable as $$
  select a.product_id
    from star_assessment a
   where a.kind = catalog_starred.kind
     and a.status = 'published'
     and a.deleted_at is null
     and (schemes is null or a.scheme = any (schemes))
     and (catalog_starred.stars is null or a.result = any (catalog_starred.stars))
     and not exists (select
                       from star_assessment n
                      where n.product_id = a.product_id
                        and n.kind = a.kind
                        and n.status = 'published'
                        and n.deleted_at is null
                        and (n.year, n.id) > (a.year, a.id))
$$;

create function catalog_umkm_row(u catalog_umkm)
returns table (id uuid, name text, kbli_code text, kbli_edition text, kbli_name text, kbli_name_en text, legal_form text,
  founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text,
  latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamptz, certificates json)
language sql stable as $$
  select u.id, u.name, u.kbli_code, u.kbli_edition, u.kbli_name, u.kbli_name_en, u.legal_form, u.founded_on, u.size_class,
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
                            'kbli_edition', u.unit ->> 'kbli_edition', 'kbli_name', k.name, 'kbli_name_en', k.name_en,
                            'started_on', u.unit ->> 'started_on') order by u.position), '[]')
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
                 left join reference k on k.list = 'kbli' and k.code = u.unit ->> 'kbli_code'
                                          and k.edition = u.unit ->> 'kbli_edition'),
         e.rank, e.rank_year, e.village_code, e.village_name, e.district_code, e.district_name, e.latitude, e.longitude,
         village_names(e.villages), c.contact, e.updated_at
    from product_contact(null) c
$$;

create function catalog_product_row(p catalog_product)
returns table (id uuid, name text, name_en text, story text, story_en text, brand text, category text,
  category_name text, category_name_en text, hs_code text, hs_edition text, price_min_idr bigint, price_max_idr bigint,
  unit text, moq integer, monthly_capacity integer, shelf_life_days integer, market_reach text, market_reached_on date,
  producer_kind text, producer_id uuid, producer_name text, village_code text, village_name text, district_code text,
  district_name text, latitude numeric, longitude numeric, villages json, contact json, updated_at timestamptz,
  star_award json, star_estimate json, certificates json, flagship_of json)
language sql stable as $$
  select p.id, p.name, p.name_en, p.story, p.story_en, p.brand, p.category, p.category_name, p.category_name_en,
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
                                                     'name', c.name, 'name_en', c.name_en, 'umkm_count', k.umkm_count)
                                   order by k.umkm_count desc, k.kbli_code) filter (where k.kbli_code is not null), '[]')
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

-- The levels that a published product has reached, each with its first day, the farthest level
-- first. The result also shows when the record was last verified. A definer, because the evidence
-- of a step is not public.
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

grant execute on function
  catalog_village_potentials(text), catalog_village_flagship(text), catalog_product_flagships(uuid),
  catalog_certificates(uuid, uuid[]), catalog_umkm_certificates(uuid), catalog_certified(text[]),
  catalog_product_stars(uuid), catalog_starred(text, text[], int[]), catalog_umkm_row(catalog_umkm),
  catalog_village_enterprise_row(catalog_village_enterprise), catalog_product_row(catalog_product),
  catalog_village_row(village), catalog_product_markets(uuid)
  to ovop_public;

call list_rows('catalog_umkm');

call list_rows('catalog_village_enterprise');

call list_rows('catalog_product');
