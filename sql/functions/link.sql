-- Links: the columns by which one record refers to another. They follow from the foreign keys, so a
-- new foreign key gets its triggers without another line.

-- Each link, for records that can be deleted. A column uuid[] named <table>_ids is a link too.
-- kind: `part` shares the id of its record and ends with it. `use` keeps its record from being
-- deleted. `about` outlives its record: its foreign key has `on delete set null`.
create function links() returns table (child regclass, member text, parent regclass, kind text)
language sql stable as $$
  select c.conrelid::regclass, own.attname::text, c.confrelid::regclass,
         case when own.attname = 'id' then 'part' when c.confdeltype = 'n' then 'about' else 'use' end
    from pg_constraint c
         cross join unnest(c.conkey, c.confkey) k (own, its)
         join pg_attribute own on own.attrelid = c.conrelid and own.attnum = k.own
         join pg_attribute its on its.attrelid = c.confrelid and its.attnum = k.its and its.attname = 'id'
         join pg_attribute d on d.attrelid = c.conrelid and d.attname = 'deleted_at'
   where c.contype = 'f'
   union all
  select a.attrelid::regclass, a.attname::text, p.oid::regclass, 'use'
    from pg_attribute a
         join pg_class p on p.relnamespace = 'public'::regnamespace and p.relkind = 'r' and a.attname = p.relname || '_ids'
         join pg_attribute d on d.attrelid = a.attrelid and d.attname = 'deleted_at'
   where a.atttypid = 'uuid[]'::regtype
$$;

-- The condition by which a row of a link names the record $1.
create function link_names(member text) returns text
language sql immutable as $$
  select format(case when member like '%\_ids' then '%I @> array[$1]' else '%I = $1' end, member)
$$;

-- One transaction may delete or move a record while another begins to refer to it. One of the two
-- must wait for the other and then see its result. The one that refers takes the lock that the
-- foreign key takes anyway, but before the rules read the other record. Deleting and moving take
-- the lock that waits for all of those.
-- A part locks its record for the whole write. So the entries of both stand in the audit in the
-- order of their commits.
-- The locks go from the top of the links down, so that transactions cannot deadlock.
-- Each table has its own function, so that its plans are kept. The functions are definers, because
-- the caller may have no right to write the record.
create procedure link_hold(table_name text)
language plpgsql as $$
#variable_conflict use_variable
declare
  computed boolean;
  locks    text;
begin
    with recursive link as materialized (
         select * from links()),
         up (parent, reached, depth) as (
         select l.parent, l.parent, 0 from link l where l.child = table_name::regclass
          union
         select u.parent, l.parent, u.depth + 1 from up u join link l on l.child = u.reached),
         height as (
         select u.parent, max(u.depth) as depth from up u group by u.parent)
  select bool_or(l.member like '%\_ids'),
         string_agg(format(case
                             when l.kind = 'part' then E'\n  perform from %2$s where id = new.id for no key update;'
                             when l.member like '%\_ids' then $body$
  if tg_op = 'INSERT' or new.%1$I is distinct from old.%1$I then
    perform from %2$s where id = any (new.%1$I) order by id for key share;
  end if;$body$
                             else $body$
  if new.%1$I is not null and (tg_op = 'INSERT' or new.%1$I is distinct from old.%1$I) then
    perform from %2$s where id = new.%1$I for key share;
  end if;$body$
                           end, l.member, l.parent), '' order by h.depth, l.parent::text, l.member)
    into computed, locks
    from link l
         join height h on h.parent = l.parent
   where l.child = table_name::regclass;
  if locks is null then
    return;
  end if;
  execute format('create function %I() returns trigger language plpgsql security definer'
                 ' set search_path = public, pg_temp as %L', table_name || '_hold',
                 format(E'\nbegin%s\n  return new;\nend\n', locks));
  execute format('create trigger %I before insert or update on %I for each row execute function %I()',
                 case when computed then 'computed_hold' else 'child_hold' end, table_name, table_name || '_hold');
end
$$;

-- Waits for the transactions that begin to refer to a record, before the record moves to other
-- villages or to another owner. The rules then see all that refers to it.
create function link_wait() returns trigger
language plpgsql as $$
begin
  execute format('select from %I where id = $1 for update', tg_table_name) using new.id;
  return new;
end
$$;

-- Deletes the parts of a record with it. forget() empties their personal members.
create function link_parts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part regclass;
begin
  for part in select l.child from links() l where l.parent = tg_relid and l.kind = 'part' order by l.child::text loop
    execute format('update %s set deleted_at = now() where id = $1 and deleted_at is null', part) using new.id;
  end loop;
  return new;
end
$$;

-- Whether a record would lose a village where records refer to it, even if the caller cannot see
-- them. The violations() of a record with several villages call it.
create function link_dropped(table_name text, id uuid, villages text[]) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  dropped text[];
  one     record;
  used    boolean := false;
begin
  execute format('select array(select unnest(t.villages) except select unnest($2)) from %I t where t.id = $1', table_name)
     into dropped using id, villages;
  if cardinality(dropped) > 0 then
    for one in select l.* from links() l where l.parent = table_name::regclass and l.kind = 'use' loop
      execute format('select exists (select from %s t where %s and t.deleted_at is null and %s && $2)', one.child,
                     link_names(one.member),
                     case when exists (select from pg_attribute where attrelid = one.child and attname = 'villages')
                          then 't.villages' else 'array[t.village_code]' end)
         into used using id, dropped;
      exit when used;
    end loop;
  end if;
  return used;
end
$$;

-- Creates the triggers of the links from and to a business table.
create procedure link_triggers(table_name text)
language plpgsql as $$
#variable_conflict use_variable
declare
  kinds text[] := array(select l.kind from links() l where l.parent = table_name::regclass);
  moves text := (select string_agg(format('new.%1$I is distinct from old.%1$I', a.attname), ' or ' order by a.attnum)
                   from pg_attribute a
                  where a.attrelid = table_name::regclass
                    and (a.attname in ('village_code', 'villages')
                         or a.attname in (select l.member
                                            from links() l
                                           where l.child = table_name::regclass
                                             and l.kind <> 'part')));
begin
  call link_hold(table_name);
  if cardinality(kinds) > 0 then
    execute format('create trigger hold_children before update on %I for each row when (%s) execute function link_wait()',
                   table_name, moves);
  end if;
  if 'use' = any (kinds) then
    execute format('create trigger in_use before update on %I for each row when (new.deleted_at is not null)'
                   ' execute function refuse_in_use()', table_name);
  end if;
  if 'part' = any (kinds) then
    execute format('create trigger parts before update on %I for each row when (new.deleted_at is not null)'
                   ' execute function link_parts()', table_name);
  end if;
end
$$;

grant execute on function
  link_dropped(text, uuid, text[])
  to ovop_api;
