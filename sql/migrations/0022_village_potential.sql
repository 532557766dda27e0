-- What a village could make: dug up, assessed, tried out, and at last a product.

create table village_potential (
  commodity text not null,
  kind text not null constraint village_potential_kind__enum
    check (kind in ('farming', 'plantation', 'forestry', 'livestock', 'fishery', 'mining', 'food', 'craft', 'culture', 'tourism',
                    'services', 'other')),
  category text,
  quantity numeric(13, 3) constraint village_potential_quantity__range check (quantity > 0),
  unit text constraint village_potential_unit__enum
    check (unit in ('ha', 'm2', 'kg', 't', 'l', 'm3', 'head', 'tree', 'piece', 'household', 'visitor', 'other')),
  season_months integer[] constraint village_potential_season_months__range
    check (season_months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'),
  description_id text,
  description_en text,
  stage text not null default 'identified' constraint village_potential_stage__enum
    check (stage in ('identified', 'assessed', 'piloted', 'product')),
  product_id uuid constraint village_potential_product_id__exists references product (id),
  village_code text not null constraint village_potential_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    commodity || ' ' || coalesce(description_id, '') || ' ' || coalesce(description_en, ''))) stored
);

call business_table('village_potential');

create index on village_potential (commodity, id) where deleted_at is null;
create index on village_potential (created_at, id) where deleted_at is null;
create index on village_potential (updated_at, id) where deleted_at is null;
create index on village_potential (village_code, status, commodity, id) where deleted_at is null;
create index on village_potential (district_code, commodity, id) where deleted_at is null;
create index on village_potential (status, updated_at, id) where deleted_at is null;
create index on village_potential (kind, commodity, id) where deleted_at is null;
create index on village_potential (category, commodity, id) where deleted_at is null;
create index on village_potential (stage, commodity, id) where deleted_at is null;
create index on village_potential (product_id) where deleted_at is null;
create index on village_potential (commodity, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_potential (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_potential using gin (season_months) where deleted_at is null;
create index on village_potential using gin (search) where deleted_at is null;

create function potential_step(stage text) returns integer
language sql immutable parallel safe as $$
  select array_position('{identified,assessed,piloted,product}', stage)
$$;

create function village_potential_violations(p village_potential) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code)
             union all
            values
        ('/category', 'exists', p.category is not null
           and not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/unit', 'together', (p.quantity is null) <> (p.unit is null)),
        -- The row as it was: a record begins where the village stands, and any way back is a correction.
        ('/stage', 'one_step', potential_step(p.stage) > 1 + (select potential_step(o.stage)
                                                                from village_potential o
                                                               where o.id = p.id)),
        ('/product_id', 'together', (p.product_id is null) = (p.stage = 'product')),
        ('/product_id', 'exists', p.product_id is not null
           and not exists (select from product m
                            where m.id = p.product_id and m.deleted_at is null and p.village_code = any (m.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on village_potential
   for each row execute function refuse_violations();

-- A product that a potential became stays.
create trigger in_use_potential before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('village_potential', 'product_id');

create function village_potential_row(p village_potential, expand text[] default null)
returns table (id uuid, commodity text, kind text, category text, quantity text, unit text, season_months json,
  description_id text, description_en text, stage text, product_id uuid, village_code text, district_code text, village json,
  product json, status text, status_note text, change_request json, allowed_actions json, version integer, source text,
  created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select p.id, p.commodity, p.kind, p.category, trim_scale(p.quantity)::text, p.unit, to_json(p.season_months),
         p.description_id, p.description_en, p.stage, p.product_id, p.village_code, p.district_code,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(p.product_id) b) end,
         p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source, p.created_at, p.created_by, p.updated_at,
         p.updated_by, p.verified_at, p.verified_by
    from change_request_brief(p.change_request) c,
         allowed_actions('village_potential', p.status, p.writers, p.village_code, p.change_request) a
$$;

create policy public_select on village_potential for select to ovop_public using (status = 'published' and deleted_at is null);
grant select (id, commodity, kind, category, quantity, unit, season_months, description_id, description_en, stage, product_id,
              village_code, status, deleted_at) on village_potential to ovop_public;

-- The published potentials of a village; the product that one became is named once it is published itself.
create function catalog_village_potentials(village_code text) returns table (potentials json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
           'id', p.id, 'commodity', p.commodity, 'kind', p.kind, 'category', p.category, 'category_name_id', c.name_id,
           'category_name_en', c.name_en, 'quantity', trim_scale(p.quantity)::text, 'unit', p.unit,
           'season_months', p.season_months, 'description_id', p.description_id, 'description_en', p.description_en,
           'stage', p.stage, 'product_id', m.id) order by p.commodity, p.id), '[]')
    from village_potential p
         left join reference c on c.list = 'categories' and c.code = p.category and c.edition is null
         left join product m on m.id = p.product_id and m.status = 'published' and m.deleted_at is null
   where p.village_code = catalog_village_potentials.village_code
     and p.status = 'published'
     and p.deleted_at is null
$$;

grant execute on function
  potential_step(text), village_potential_violations(village_potential), village_potential_row(village_potential, text[])
  to ovop_api;
grant execute on function catalog_village_potentials(text) to ovop_public;
