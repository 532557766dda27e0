-- The public catalogue: what is published, in views of its own, below policies and column grants of the role ovop_public.

create policy public_select on umkm for select to ovop_public using (status = 'published' and deleted_at is null);
create policy public_select on village_enterprise for select to ovop_public using (status = 'published' and deleted_at is null);
create policy public_select on product for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, name, kbli_code, kbli_edition, legal_form, founded_on, size_class, village_code, district_code, search, status,
              version, updated_at, deleted_at) on umkm to ovop_public;
grant select (id, name, kind, legal_number, established_on, unit_businesses, rank, rank_year, village_code, villages,
              district_codes, kbli_codes, search, status, version, updated_at, deleted_at) on village_enterprise to ovop_public;
grant select (id, name_id, name_en, story_id, story_en, brand, category, hs_code, hs_edition, price_min_idr, price_max_idr, unit,
              moq, monthly_capacity, shelf_life_days, umkm_id, village_enterprise_id, village_code, villages, district_codes,
              market_reach, market_reached_on, search, status, version, updated_at, deleted_at) on product to ovop_public;

create index on umkm (name, id) where status = 'published' and deleted_at is null;
create index on umkm (updated_at, id) where status = 'published' and deleted_at is null;
create index on village_enterprise (name, id) where status = 'published' and deleted_at is null;
create index on village_enterprise (updated_at, id) where status = 'published' and deleted_at is null;
create index on product (name_id, id) where status = 'published' and deleted_at is null;
create index on product (updated_at, id) where status = 'published' and deleted_at is null;
create index on product (category, name_id, id) where status = 'published' and deleted_at is null;
create index on product (market_reach, name_id, id) where status = 'published' and deleted_at is null;

-- The Dinas as the public reaches it, where an owner did not agree to be reached.
create table dinas_contact (
  name text not null,
  phone text,
  whatsapp text,
  email text,
  links text[] not null default '{}'
);

create unique index dinas_contact_one on dinas_contact ((true));

create function public_contact(whose text, name text, phone text, whatsapp text, email text, links text[]) returns json
language sql stable parallel safe as $$
  select json_build_object('of', whose, 'name', name, 'phone', phone, 'whatsapp', whatsapp, 'email', email, 'links', links)
$$;

-- The owner's name and the contact of a published UMKM as far as consent goes; the public role itself reads neither.
create function umkm_public(umkm_id uuid) returns table (owner_name text, contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.public_owner_name,
         case when c.contact_public
                   and (num_nonnulls(u.contact_phone, u.contact_whatsapp, u.contact_email) > 0 or u.contact_links <> '{}')
              then public_contact('umkm', u.name, u.contact_phone, u.contact_whatsapp, u.contact_email, u.contact_links)
              else public_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links)
         end
    from umkm u
         left join dinas_contact d on true
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
     and u.status = 'published'
     and u.deleted_at is null
     and c.processing_restricted is not true;
end
$$;

-- Whom to ask about a product: its UMKM as far as consent goes, else the Dinas.
create function product_contact(umkm_id uuid) returns table (contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select coalesce(u.contact, public_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links))
    from (select) one
         left join dinas_contact d on true
         left join umkm_public(product_contact.umkm_id) u on true;
end
$$;

create view catalog_umkm with (security_invoker) as
select u.id, u.name, u.kbli_code, u.kbli_edition, k.name_id as kbli_name_id, k.name_en as kbli_name_en, u.legal_form,
       u.founded_on, u.size_class, u.village_code, v.name as village_name, u.district_code, v.district_name, v.latitude,
       v.longitude, u.version, u.updated_at, u.search
  from umkm u
       join village v on v.code = u.village_code
       left join reference k on k.list = 'kbli' and k.code = u.kbli_code and k.edition = u.kbli_edition;

-- Villages as a record of several shows them.
create function village_names(codes text[]) returns json
language sql stable as $$
  select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.name, v.code)
    from village v
   where v.code = any (codes)
$$;

create view catalog_village_enterprise with (security_invoker) as
select e.id, e.name, e.kind, e.legal_number, e.established_on, e.unit_businesses, e.rank, e.rank_year, e.village_code,
       v.name as village_name, v.district_code, v.district_name, v.latitude, v.longitude, e.villages, e.district_codes,
       e.kbli_codes, e.updated_at, e.search
  from village_enterprise e
       join village v on v.code = e.village_code;

-- A producer is named once it is published itself.
create view catalog_product with (security_invoker) as
select p.id, p.name_id, p.name_en, p.story_id, p.story_en, p.brand, p.category, c.name_id as category_name_id,
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
grant execute on function umkm_public(uuid), product_contact(uuid), village_names(text[]) to ovop_public;
