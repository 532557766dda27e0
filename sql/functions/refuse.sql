-- Refusals: how SQL ends a request with a problem.

-- Ends the request with a problem. `violations` is an array of {pointer, code} or {parameter,
-- code}. The function never returns. It has a return type so that a CASE in a query can call it.
create function refuse(problem text, violations jsonb default null) returns boolean
language plpgsql volatile as $$
begin
  raise exception using
    message = problem,
    detail = coalesce(violations::text, ''),
    errcode = case problem
                when 'invalid_parameter' then 'PT400'
                when 'forbidden' then 'PT403'
                when 'not_found' then 'PT404'
                when 'state_conflict' then 'PT409'
                when 'duplicate' then 'PT409'
                when 'validation_failed' then 'PT422'
                else 'PT500'
              end;
end
$$;

-- Refuses a row and reports all rules that it breaks at once. violations(row) lists them, or is
-- null.
-- PostgreSQL compiles a trigger's function for each table, so the type of `new` selects the right
-- violations(). Three changes are never refused: forgetting a person (app.forgets), following
-- another record (app.follows), and taking a record or its change request out of force.
create function refuse_violations() returns trigger
language plpgsql as $$
declare
  broken jsonb;
begin
  if 'on' in (current_setting('app.forgets', true), current_setting('app.follows', true)) or tg_op = 'UPDATE' and taken_back(to_jsonb(old), to_jsonb(new)) then
    return new;
  end if;

  broken := violations(new);
  if broken is not null then
    perform refuse('validation_failed', broken);
  end if;
  return new;
end
$$;

-- Refuses a record that would be the second one in force with a value that must be unique. It names
-- the other record if the caller may read that. Two transactions that cannot see each other's record
-- meet at the unique index.
create function refuse_duplicates() returns trigger
language plpgsql as $$
declare
  found   record;
  visible jsonb;
  broken  jsonb := '[]';
begin
  for found in select * from duplicates(new) d where d.taken <> '{}' loop
    execute format('select coalesce(jsonb_agg(id), ''[]'') from %I where id = any ($1)', tg_table_name)
       into visible using found.taken;
    broken := broken || jsonb_build_array(jsonb_build_object(
                'pointer', found.pointer, 'code', case found.code when 'duplicate' then 'unique' else found.code end,
                'records', visible));
  end loop;
  if broken <> '[]' then
    perform refuse('duplicate', broken);
  end if;
  return new;
end
$$;

-- Refuses to delete or close a record that another record refers to, even if the caller cannot see
-- that other record. links() names the tables that may refer to it.
create function refuse_in_use() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one  record;
  used boolean;
begin
  execute format('select from %I where id = $1 for update', tg_table_name) using new.id;
  for one in select l.* from links() l where l.parent = tg_relid and l.kind = 'use' loop
    execute format('select exists (select from %s where %s and deleted_at is null)', one.child, link_names(one.member))
       into used using new.id;
    if used then
      perform refuse('state_conflict', violation('/id', 'in_use'));
    end if;
  end loop;
  return new;
end
$$;

grant execute on function
  refuse(text, jsonb)
  to ovop_api, ovop_engine;
