-- The public catalogue: what is published, in views of its own, below policies and column grants of the role ovop_public.

create policy public_select on umkm for select to ovop_public using (status = 'published' and deleted_at is null);
create policy public_select on village_enterprise for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, name, kbli_code, kbli_edition, legal_form, founded_on, size_class, village_code, district_code, search, status,
              version, updated_at, deleted_at) on umkm to ovop_public;
grant select (id, name, kind, village_code, villages, status, deleted_at) on village_enterprise to ovop_public;

create index on umkm (name, id) where status = 'published' and deleted_at is null;
create index on umkm (updated_at, id) where status = 'published' and deleted_at is null;

-- The Dinas as the public reaches it, where an owner did not agree to be reached.
create table dinas_contact (
  name text not null,
  phone text,
  whatsapp text,
  email text,
  links text[] not null default '{}'
);

create unique index dinas_contact_one on dinas_contact ((true));

-- The owner's name and the contact of a published UMKM as far as consent goes; the public role itself reads neither.
create function umkm_public(umkm_id uuid) returns table (owner_name text, contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.public_owner_name,
         case when c.contact_public
                   and (num_nonnulls(u.contact_phone, u.contact_whatsapp, u.contact_email) > 0 or u.contact_links <> '{}')
              then json_build_object('of', 'umkm', 'name', u.name, 'phone', u.contact_phone, 'whatsapp', u.contact_whatsapp,
                                     'email', u.contact_email, 'links', u.contact_links)
              else json_build_object('of', 'dinas', 'name', d.name, 'phone', d.phone, 'whatsapp', d.whatsapp,
                                     'email', d.email, 'links', d.links)
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

create view catalog_umkm with (security_invoker) as
select u.id, u.name, u.kbli_code, u.kbli_edition, k.name_id as kbli_name_id, k.name_en as kbli_name_en, u.legal_form,
       u.founded_on, u.size_class, u.village_code, v.name as village_name, u.district_code, v.district_name, v.latitude,
       v.longitude, u.version, u.updated_at, u.search
  from umkm u
       join village v on v.code = u.village_code
       left join reference k on k.list = 'kbli' and k.code = u.kbli_code and k.edition = u.kbli_edition;

create function catalog_umkm_row(u catalog_umkm)
returns table (id uuid, name text, kbli_code text, kbli_edition text, kbli_name_id text, kbli_name_en text, legal_form text,
  founded_on date, size_class text, village_code text, village_name text, district_code text, district_name text,
  latitude numeric, longitude numeric, owner_name text, contact json, updated_at timestamptz)
language sql stable as $$
  select u.id, u.name, u.kbli_code, u.kbli_edition, u.kbli_name_id, u.kbli_name_en, u.legal_form, u.founded_on, u.size_class,
         u.village_code, u.village_name, u.district_code, u.district_name, u.latitude, u.longitude, p.owner_name, p.contact,
         u.updated_at
    from umkm_public(u.id) p
$$;

create function catalog_village_row(v village)
returns table (code text, kind text, name text, district_code text, district_name text, latitude numeric, longitude numeric,
  umkm_count integer, activities json, village_enterprises json)
language sql stable as $$
  select v.code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, a.umkm_count, a.activities,
         e.village_enterprises
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
             and b.deleted_at is null) e (village_enterprises)
$$;

grant select on catalog_umkm to ovop_public;
grant execute on function umkm_public(uuid), catalog_umkm_row(catalog_umkm), catalog_village_row(village) to ovop_public;
