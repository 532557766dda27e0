-- What one officer writes reaches nobody else before a second officer has seen it: other villages
-- that a record names, and what an owner's consent lets the public see.

-- Villages that wait stand apart from `villages`, so that nothing that reads `villages` can show
-- them the record.
alter table village_enterprise add column villages_waiting text[] not null default '{}';
alter table product add column villages_waiting text[] not null default '{}';
alter table certification add column villages_waiting text[] not null default '{}';
alter table star_assessment add column villages_waiting text[] not null default '{}';

-- Nobody knows which villages of an unverified record were the writer's own: all but the lead wait.
do $$
declare
  shared text;
begin
  foreach shared in array array['village_enterprise', 'product', 'certification', 'star_assessment'] loop
    execute format($ddl$
      update %I
         set villages = array[village_code], villages_waiting = array_remove(villages, village_code)
       where status not in ('verified', 'published', 'archived')
         and cardinality(villages) > 1
      $ddl$, shared);
  end loop;
end
$$;

-- What the consent lets the public see is shown when a second officer has approved it. The values
-- themselves stay in public_owner_name and contact_public.
alter table umkm_consent
  add column owner_name_approved boolean not null default false,
  add column contact_approved boolean not null default false;

-- Whoever verified the UMKM after the consent was written has read both. All else waits in a change
-- request.
update umkm_consent c
   set owner_name_approved = c.public_owner_name is not null, contact_approved = c.contact_public
  from umkm u
 where u.id = c.id
   and u.verified_at >= c.updated_at;

update umkm u
   set change_request = row(uuid_v7(), 'open', jsonb_build_object('consent', w.members), null, now(), w.updated_by, null,
                            null)::change_request
  from (select c.id, c.updated_by,
               array_remove(array[case when c.public_owner_name is not null and not c.owner_name_approved then 'public_owner_name' end,
                                  case when c.contact_public and not c.contact_approved then 'contact_public' end], null) as members
          from umkm_consent c) w
 where u.id = w.id
   and u.status in ('verified', 'published')
   and u.deleted_at is null
   and w.members <> '{}'
   and (u.change_request).status is distinct from 'open';
