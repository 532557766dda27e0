-- Forgets persons: with their deleted record, by erasure, and when their retention ends.

-- A deleted row stays for the history, without its personal data. Argument: the new values of the
-- personal columns. This runs after the workflow, because triggers run in the order of their names.
create function forget() returns trigger
language plpgsql as $$
begin
  return jsonb_populate_record(new, tg_argv[0]::jsonb);
end
$$;

-- Empties the personal members of one record and of its kept replies. Returns the names of the
-- members that held data. Nothing else changes.
-- A part of a record has the record's id. Its replies are not searched, because a PUT writes it and
-- replies to a PUT are never kept.
create function forget_record(resource text, record_id uuid) returns text[]
language plpgsql as $$
#variable_conflict use_variable
declare
  kept    personal_data := (select k from personal_data k where k.resource = resource);
  held    text[] := (select p.members from personal_record p where p.resource = resource and p.record_id = record_id);
  columns text := (select string_agg(quote_ident(f), ', ') from jsonb_object_keys(kept.forgotten) f);
  whole   regclass := (select l.parent from links() l where l.child = kept.table_name::regclass and l.kind = 'part');
begin
  if whole is not null then  -- every writer locks a record before its parts
    execute format('select from %s where id = $1 for no key update', whole) using record_id;
  end if;
  perform set_config('app.applies', record_id::text, true), set_config('app.forgets', 'on', true);
  execute format('update %1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, $1))', kept.table_name, columns)
          || case when exists (select from pg_attribute
                                where attrelid = kept.table_name::regclass and attname = 'change_request')
                  then ', change_request = case when not (t.change_request).patch ?| $2 then t.change_request end' else '' end
          || ' where t.id = $3 and t.deleted_at is null'
    using kept.forgotten, array(select jsonb_object_keys(kept.forgotten)), record_id;
  perform set_config('app.applies', '', true), set_config('app.forgets', '', true);

  update idempotency_key i
     set reply = (i.reply::jsonb || (select jsonb_object_agg(f.key, f.value)
                                       from jsonb_each(kept.forgotten) f
                                      where i.reply::jsonb ? f.key))::json
   where i.reply ->> 'id' = record_id::text
     and not exists (select from pg_trigger where tgrelid = kept.table_name::regclass and tgname = 'part_written')
     and i.reply::jsonb ?| array(select jsonb_object_keys(kept.forgotten));
  return held;
end
$$;

-- Forgets up to 100 records whose retention has ended, and returns their number.
create function forget_due() returns bigint
language sql volatile as $$
  select count(forget_record(d.resource, d.record_id))
    from (select p.resource, p.record_id from personal_record p where p.due < today() order by p.due limit 100) d
$$;
