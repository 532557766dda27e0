-- A view needs the function that it calls, which stands behind it.
create view thing_shown with (security_invoker) as
select t.id, thing_label(t) as label
  from thing t;

-- A body may call what is not there yet; a parameter may not.
create function thing_label(t thing) returns text
language sql stable as $$
  select thing_sign() || t.name;  -- not the end
$$;

create function thing_sign() returns text
language sql immutable as $$
  select '; '
$$;

grant execute on function thing_label(thing) to ovop_public;

create procedure thing_table(name text)
language plpgsql as $$
begin
  execute format('alter table %I add column at timestamptz', name);
end
$$;

call thing_watch('thing');

create procedure thing_watch(name text)
language plpgsql as $$
begin
  execute format('create trigger watch after insert on %I for each row execute function thing_seen()', name);
end
$$;

-- A trigger stays where it is, so its function is replaced.
create function thing_seen() returns trigger
language plpgsql as $$
begin
  return null;
end
$$;

create trigger touched before update on thing for each row execute function thing_seen();
