-- Which product is a village's one product, by which decree, from when to when.

-- In a schema of its own: what an extension brings is everybody's to execute.
create schema extension;
create extension btree_gist with schema extension;

-- Whether a decree counts on a day. Inlined: the index below serves it.
create function flagship_in_force(status text, valid_from date, valid_to date, day date) returns boolean
language sql immutable parallel safe as $$
  select status in ('verified', 'published') and daterange(valid_from, valid_to, '[]') @> day
$$;

create table flagship (
  product_id uuid not null constraint flagship_product_id__exists references product (id),
  decree_number text not null,
  decreed_on date not null,
  valid_from date not null,
  valid_to date constraint flagship_valid_to__before_start check (valid_to >= valid_from),  -- the last day
  village_code text not null constraint flagship_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored
);

call business_table('flagship', writers => '{dinas}');

-- One village, one product: what counts never overlaps.
alter table flagship add constraint flagship_valid_from__one_flagship
  exclude using gist (village_code with =, daterange(valid_from, valid_to, '[]') with &&)
    where (status in ('verified', 'published') and deleted_at is null);

create index on flagship using gist (daterange(valid_from, valid_to, '[]'))
 where status in ('verified', 'published') and deleted_at is null;
create index on flagship (valid_from, id) where deleted_at is null;
create index on flagship (updated_at, id) where deleted_at is null;
create index on flagship (village_code, valid_from, id) where deleted_at is null;
create index on flagship (district_code, valid_from, id) where deleted_at is null;
create index on flagship (status, valid_from, id) where deleted_at is null;
create index on flagship (product_id, valid_from, id) where deleted_at is null;
create index on flagship (valid_from, id) where (change_request).status = 'open' and deleted_at is null;

create function flagship_violations(f flagship) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(f.village_code)
             union all
            values
        ('/product_id', 'exists', not exists (select from product p
                                               where p.id = f.product_id and p.deleted_at is null
                                                 and f.village_code = any (p.villages))),
        ('/decreed_on', 'future', f.decreed_on > today()),
        ('/valid_to', 'before_start', f.valid_to < f.valid_from)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on flagship for each row execute function refuse_violations();

create trigger in_use_flagship before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('flagship', 'product_id');

-- Whether another one counts on one of its days. A definer: below a policy no index serves `&&`.
create function flagship_taken(f flagship) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (select
                   from flagship o
                  where o.id <> f.id
                    and o.village_code = f.village_code
                    and o.deleted_at is null
                    and o.status in ('verified', 'published')
                    and daterange(o.valid_from, o.valid_to, '[]') && daterange(f.valid_from, f.valid_to, '[]'));
end
$$;

-- What its verification would be refused for, and what keeps it out of the catalogue.
create function flagship_warnings(f flagship) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/valid_from', 'one_flagship', f.status in ('draft', 'needs_revision', 'submitted') and flagship_taken(f)),
      ('/product_id', 'unpublished', not exists (select from product p where p.id = f.product_id and p.status = 'published'))
    ) as rule (pointer, code, doubtful)
$$;

create function flagship_row(f flagship, expand text[] default null)
returns table (id uuid, product_id uuid, village_code text, district_code text, decree_number text, decreed_on date,
  valid_from date, valid_to date, current boolean, village json, product json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select f.id, f.product_id, f.village_code, f.district_code, f.decree_number, f.decreed_on, f.valid_from, f.valid_to,
         flagship_in_force(f.status, f.valid_from, f.valid_to, today()),
         case when 'village' = any (expand) then (select b.brief from village_brief(f.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(f.product_id) b) end,
         w.warnings, f.status, f.status_note, c.brief, a.allowed_actions, f.version, f.source, f.created_at, f.created_by,
         f.updated_at, f.updated_by, f.verified_at, f.verified_by
    from flagship_warnings(f) w, change_request_brief(f.change_request) c,
         allowed_actions('flagship', f.status, f.writers, f.village_code, f.change_request) a
$$;

create policy public_select on flagship for select to ovop_public using (status = 'published' and deleted_at is null);
grant select (product_id, village_code, decree_number, decreed_on, valid_from, valid_to, status, deleted_at)
   on flagship to ovop_public;

-- Today's flagship of a village, once its product is published, too.
create function catalog_village_flagship(village_code text) returns table (flagship json)
language sql stable as $$
  select (select json_build_object('product_id', p.id, 'name_id', p.name_id, 'name_en', p.name_en,
                                   'decree_number', f.decree_number, 'decreed_on', f.decreed_on,
                                   'valid_from', f.valid_from, 'valid_to', f.valid_to)
            from flagship f
                 join product p on p.id = f.product_id and p.status = 'published' and p.deleted_at is null
           where f.village_code = catalog_village_flagship.village_code
             and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
             and f.deleted_at is null)
$$;

-- The villages whose flagship a product is today.
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

grant execute on function
  flagship_in_force(text, date, date, date), flagship_violations(flagship), flagship_taken(flagship),
  flagship_warnings(flagship), flagship_row(flagship, text[])
  to ovop_api;
grant execute on function catalog_village_flagship(text), catalog_product_flagships(uuid) to ovop_public;
