-- Takes over a database from before 1.0. Its 47 migrations match the first 29 of sql/migrations.
-- `ovopd migrate` runs this first, in the same transaction. The result is the number of migrations
-- that now count as applied: 0 for every other database.

do $$
declare
  old_first constant text := '83340a3e69d0f22d40663403207fed5b2cb00a9c59b7afd3655a5bd593db6111';
  old_whole constant text := '701c7c49f38ff11a404a1bac7a944385df050487542cbf04e77e66cba7c00254';
  -- The functions that defaults, generated columns and policies need. They are unchanged and stay.
  needed    constant text[] := array['claim_counts', 'claim_district', 'claim_role', 'claim_scope', 'claim_subject', 'claim_villages',
    'claims', 'district_codes', 'export_grade', 'jsonb_texts', 'market_reach', 'market_reached_on', 'market_steps_effective',
    'size_basis', 'size_class', 'star_max_total', 'umkm_restricted', 'uuid_v7'];
  chain record;
  one   record;
begin
  perform set_config('app.upgraded', '0', true);
  select min(checksum) filter (where number = 1) as first, max(name) as last,
         encode(sha256(convert_to(string_agg(checksum, '' order by number), 'utf8')), 'hex') as whole
    into chain
    from schema_migrations;
  if chain.first is distinct from old_first then
    return;
  end if;
  if chain.whole <> old_whole then
    raise exception 'the database stopped at %, within the migrations of before 1.0: finish them with the ovopd that began, '
                    'then run this one', chain.last;
  end if;

  for one in
    select oid, case prokind when 'p' then 'procedure' else 'function' end as kind, oid::regprocedure::text as identity
      from pg_proc
     where pronamespace = 'public'::regnamespace and proname <> all (needed)
     union all
    select oid, 'view', oid::regclass::text
      from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'v'
     union all
    select t.oid, 'trigger', format('%I on %s', t.tgname, c.oid::regclass)
      from pg_trigger t
           join pg_class c on c.oid = t.tgrelid
     where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
     order by oid desc
  loop
    execute format('drop %s %s', one.kind, one.identity);
  end loop;

  -- Indonesian texts get the plain column names.
  alter table product rename name_id to name;
  alter table product rename story_id to story;
  alter table reference rename name_id to name;
  alter table star_rubric rename name_id to name;
  alter table village_potential rename description_id to description;
  alter table report_figure rename definition_id to definition;
  for one in
    select oid::regclass::text as name, replace(relname, 'name_id_id_idx', 'name_id_idx') as better
      from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'i' and relname like '%name\_id\_id\_idx%'
     order by relname
  loop
    execute format('alter index %s rename to %I', one.name, one.better);
  end loop;

  update star_rubric r
     set criteria = (select jsonb_agg(c.item - 'name_id' || jsonb_build_object('name', c.item -> 'name_id') order by c.place)
                       from jsonb_array_elements(r.criteria) with ordinality c (item, place));
  update product p
     set change_request.patch = (select jsonb_object_agg(case m.key when 'name_id' then 'name' when 'story_id' then 'story'
                                                              else m.key end, m.value)
                                   from jsonb_each((p.change_request).patch) m)
   where (p.change_request).patch ?| array['name_id', 'story_id'];
  update village_potential p
     set change_request.patch = (select jsonb_object_agg(case m.key when 'description_id' then 'description' else m.key end, m.value)
                                   from jsonb_each((p.change_request).patch) m)
   where (p.change_request).patch ? 'description_id';
  -- A kept reply is JSON text. Inside a string the quotes are escaped, so only member names match.
  update idempotency_key
     set reply = regexp_replace(reply::text, '"(\w*)(name|story|description|definition)_id"\s*:', '"\1\2":', 'g')::json
   where reply::text ~ '(name|story|description|definition)_id"';

  delete from schema_migrations;
  perform set_config('app.upgraded', '29', true);
end
$$;

select current_setting('app.upgraded');
