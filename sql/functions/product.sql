-- Products and their market steps.

call business_triggers('product');

create function violations(p product) returns jsonb
language plpgsql stable as $$
declare
  broken jsonb := (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(p.village_code, p.villages || p.villages_waiting)
             union all
            select * from name_rules('/name', p.name)
             union all
            select * from name_rules('/name_en', p.name_en)
             union all
            select * from name_rules('/brand', p.brand)
             union all
            values
        ('/umkm_id', 'one_producer', num_nonnulls(p.umkm_id, p.village_enterprise_id) <> 1),
        ('/umkm_id', 'exists', p.umkm_id is not null
           and not exists (select from umkm u
                            where u.id = p.umkm_id and u.deleted_at is null
                              and u.village_code = any (p.villages || p.villages_waiting))),
        ('/village_enterprise_id', 'exists', p.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = p.village_enterprise_id and e.deleted_at is null
                              and p.villages || p.villages_waiting
                                  <@ (e.villages || case when p.status not in ('verified', 'published')
                                                         then e.villages_waiting end))),
        ('/category', 'exists', not exists (select from reference c where c.list = 'categories' and c.code = p.category)),
        ('/hs_edition', 'together', (p.hs_code is null) <> (p.hs_edition is null)),
        ('/hs_edition', 'exists', not exists (select from reference c where c.list = 'hs' and c.edition = p.hs_edition)
                                  and p.hs_edition is not null),
        ('/price_max_idr', 'below_minimum', p.price_max_idr < p.price_min_idr),
        ('/unit', 'required', p.unit is null and num_nonnulls(p.price_min_idr, p.price_max_idr, p.moq, p.monthly_capacity) > 0)
      ) as rule (pointer, code, broken)
     where rule.broken);
  of_steps jsonb := case when cardinality(p.market_steps) > 0 then violations(p.market_steps) end;
begin
  return coalesce(broken || of_steps, broken, of_steps);
end
$$;

create trigger violations before insert or update on product for each row execute function refuse_violations();
create trigger follow_product after update on umkm
   for each row when (old.village_code <> new.village_code) execute function follow('product', 'umkm_id', 'umkm_id');

-- Values that are allowed but probably wrong. Most products have none, so the query after `else`
-- seldom runs.
create function product_warnings(p product) returns table (warnings json)
language sql stable as $$
  select case
           when r.broken = '{}' and p.hs_code is null and p.villages_waiting = '{}'
                and (p.change_request).status is distinct from 'open'
           then '[]'::json
           else (select coalesce(json_agg(json_build_object('pointer', w.pointer, 'code', w.code, 'limit', w.limit_text)), '[]')
                   from (select h.pointer, h.code, null::text
                           from reference_warnings('hs', '', p.hs_code, p.hs_edition) h
                          where h.doubtful
                          union all
                         select split_part(b.rule, ' ', 1), split_part(b.rule, ' ', 2), null
                           from unnest(r.broken) b (rule)
                          union all
                         select '/villages', 'villages_waiting', v.names
                           from villages_to_join(p.villages, p.villages_waiting, p.change_request) v (names)
                          where v.names is not null) w (pointer, code, limit_text))
         end
    from (select array_remove(array[
                   case when length(p.hs_code) < 8 then '/hs_code hs_heading' end,
                   case when p.name_en is null and p.market_reach = 'international' then '/name_en untranslated' end,
                   case when p.price_min_idr between 1 and 99 or p.price_min_idr > 1000000000 then '/price_min_idr implausible' end,
                   case when p.price_max_idr > 1000000000 or p.price_max_idr > 100 * p.price_min_idr then '/price_max_idr implausible' end,
                   case when p.moq > 1000000 then '/moq implausible' end,
                   case when p.monthly_capacity > 10000000 then '/monthly_capacity implausible' end,
                   case when p.shelf_life_days > 3650 then '/shelf_life_days implausible' end], null) as broken) r
$$;

create function product_row(p product, expand text[] default null)
returns table (id uuid, name text, name_en text, story text, story_en text, brand text, category text, hs_code text,
  hs_edition text, price_min_idr bigint, price_max_idr bigint, unit text, moq integer, monthly_capacity integer,
  shelf_life_days integer, umkm_id uuid, village_enterprise_id uuid, village_code text, villages json, market_reach text,
  market_reached_on date, village json, producer json, warnings json, status text, status_note text, change_request json,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select p.id, p.name, p.name_en, p.story, p.story_en, p.brand, p.category, p.hs_code, p.hs_edition, p.price_min_idr,
         p.price_max_idr, p.unit, p.moq, p.monthly_capacity, p.shelf_life_days, p.umkm_id, p.village_enterprise_id,
         p.village_code, to_json(p.villages || p.villages_waiting), p.market_reach, p.market_reached_on,
         case when 'village' = any (expand) then (select b.brief from village_brief(p.village_code) b) end,
         case
           when 'producer' = any (expand) and p.umkm_id is not null
           then (select json_build_object('id', u.id, 'kind', 'umkm', 'name', u.name, 'village_code', u.village_code)
                   from umkm u
                  where u.id = p.umkm_id)
           when 'producer' = any (expand)
           then (select json_build_object('id', e.id, 'kind', 'village_enterprise', 'name', e.name,
                                          'village_code', e.village_code)
                   from village_enterprise e
                  where e.id = p.village_enterprise_id)
         end,
         w.warnings, p.status, p.status_note, c.brief, a.allowed_actions, p.version, p.source,
         p.created_at, p.created_by, p.updated_at, p.updated_by, p.verified_at, p.verified_by
    from product_warnings(p) w, change_request_brief(p.change_request) c,
         allowed_actions('product', p.status, p.writers, p.village_code, p.change_request) a
$$;

-- The short form that `expand` puts into other records.
create function product_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', p.id, 'name', p.name, 'name_en', p.name_en, 'category', p.category)
    from product p
   where p.id = product_brief.id
$$;

-- Where a product is now, for the warnings of records that name it. The function is a definer: a
-- village does not see a product that has left it.
create function product_at(product_id uuid) returns table (villages text[], status text)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select p.villages, p.status from product p where p.id = product_id;
end
$$;

-- All market steps of a product, including those that an open change request would add.
create function product_market_step_row(p product)
returns table (id uuid, level text, reached_on date, evidence text, export_id uuid, reverses uuid, state text,
  created_at timestamptz, created_by uuid)
language sql stable as $$
  select s.id, s.level, s.reached_on, s.evidence, s.export_id, s.reverses,
         case
           when not exists (select from unnest(p.market_steps) m where m.id = s.id) then 'pending'
           when s.reverses is not null then 'reversing'
           when exists (select from unnest(p.market_steps) m where m.reverses = s.id) then 'reversed'
           else 'effective'
         end,
         s.created_at, s.created_by
    from (select m.* from unnest(p.market_steps) m
           union
          select m.*
            from jsonb_populate_recordset(null::market_step, (p.change_request).patch -> 'market_steps') m
           where (p.change_request).status = 'open') s
$$;

-- Adds a step that follows from a decision on another record, such as an export. The product may
-- have any status and needs no change request, and its other faults do not stop the decision. An
-- open change request gets the step as well, so that its verification does not remove the step.
create function product_market_step_add(product_id uuid, step market_step) returns void
language plpgsql as $$
declare
  before text := current_setting('app.follows', true);
begin
  perform set_config('app.follows', 'on', true);
  update product p
     set market_steps = p.market_steps || step,
         change_request = case when (p.change_request).patch ? 'market_steps'
                               then jsonb_populate_record(p.change_request, jsonb_build_object('patch',
                                      jsonb_set((p.change_request).patch, '{market_steps}',
                                                (p.change_request).patch -> 'market_steps' || to_jsonb(step))))
                               else p.change_request
                          end
   where p.id = product_id
     and p.deleted_at is null;
  perform set_config('app.follows', coalesce(before, ''), true);
end
$$;

-- A verified export makes its product international from the day `reached_on`.
create function product_market_lift(product_id uuid, export_id uuid, reached_on date, evidence text) returns void
language sql volatile as $$
  select product_market_step_add(product_id,
    row(uuid_v7(), 'international', reached_on, evidence, export_id, null, now(), claim_subject())::market_step)
$$;

-- Reverses the steps that an export added, when the export is no longer verified.
create function product_market_unlift(product_id uuid, export_id uuid, evidence text) returns void
language sql volatile as $$
  select product_market_step_add(p.id,
           row(uuid_v7(), s.level, today(), product_market_unlift.evidence, s.export_id, s.id, now(),
               claim_subject())::market_step)
    from product p, market_steps_effective(p.market_steps) s
   where p.id = product_id
     and s.export_id = product_market_unlift.export_id
$$;

-- The public contact for a product: its UMKM if the owner consented, else the Dinas.
create function product_contact(umkm_id uuid) returns table (contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select coalesce(u.contact, catalog_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links))
    from (select) one
         left join dinas_contact d on true
         left join umkm_public(product_contact.umkm_id) u on true;
end
$$;

-- The kinds of documents that name a product today, and `nib` if its producer has one. The function is
-- a definer: a reader of the assessment sees them even if the producer is in another village.
create function product_documents(product_id uuid) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return array(select 'nib'
                 from product p
                      join umkm u on u.id = p.umkm_id
                where p.id = product_documents.product_id
                  and u.nib is not null
                  and u.status in ('verified', 'published')
                union
               select 'nib'
                 from product p
                      join village_enterprise e on e.id = p.village_enterprise_id
                where p.id = product_documents.product_id
                  and e.nib is not null
                  and e.status in ('verified', 'published')
                union
               select c.kind
                 from certification c
                where c.product_ids @> array[product_documents.product_id]
                  and c.ends_on >= today()
                  and c.status in ('verified', 'published')
                  and c.deleted_at is null
                union
               select c.kind
                 from product p
                      join certification c on c.umkm_id = p.umkm_id or c.village_enterprise_id = p.village_enterprise_id
                where p.id = product_documents.product_id
                  and c.kind = 'nib'
                  and c.ends_on >= today()
                  and c.status in ('verified', 'published')
                  and c.deleted_at is null);
end
$$;

-- The ids of one page of products by name, for product_list.usual.sql. Each village is read in
-- index order. The few products that other villages lead and share with these are then sorted in.
-- `enable_sort = off` and the generic plan apply to this function only. If policy and filter name
-- the same village, the planner multiplies both selectivities and expects few rows. It would then
-- read and sort all products of the village for one page.
-- The start of the page comes from subselects. PostgreSQL treats `coalesce` as leaky. Under a
-- policy, a leaky condition only filters index entries and cannot start the index scan.
create function product_page(village_codes text[], statuses text[], after_key text, after_id uuid, page_size bigint) returns uuid[]
language plpgsql stable set enable_sort = off set plan_cache_mode = force_generic_plan as $$
begin
  return array(
    with start as (
         select coalesce(after_key, '') as name, coalesce(after_id, '00000000-0000-0000-0000-000000000000') as id),
         shared as (
         select p.id, p.name
           from product p
          where p.deleted_at is null
            and cardinality(p.villages) > 1
            and p.villages && village_codes
            and p.village_code <> all (village_codes)
            and (statuses is null or p.status = any (statuses))
            and (p.name, p.id) > ((select a.name from start a), (select a.id from start a))),
         page as (
         select k.id, k.name
           from (select p.id, p.name
                   from (select distinct unnest(village_codes) as code) v
                        cross join lateral
                        (select p.id, p.name
                           from product p
                          where p.deleted_at is null
                            and p.village_code = v.code
                            and (statuses is null or p.status = any (statuses))
                            and (p.name, p.id) > ((select a.name from start a), (select a.id from start a))
                          order by p.name, p.id
                          limit page_size) p
                 union all
                 select s.id, s.name
                   from shared s) k
          order by k.name, k.id
          limit page_size)
    select p.id
      from page p
     order by p.name, p.id);
end
$$;

grant execute on function
  violations(product), product_warnings(product), product_row(product, text[]), product_brief(uuid),
  product_at(uuid), product_market_step_row(product), product_documents(uuid),
  product_page(text[], text[], text, uuid, bigint)
  to ovop_api;
grant execute on function
  product_market_step_add(uuid, market_step), product_market_lift(uuid, uuid, date, text),
  product_market_unlift(uuid, uuid, text)
  to ovop_dinas;
grant execute on function
  product_contact(uuid)
  to ovop_public;

call list_rows('product');
