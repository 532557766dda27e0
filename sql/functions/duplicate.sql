-- Duplicates: records that share a value of which only one record may be in force.

-- Creates duplicates(<table>) from the table's own rules. A rule is a unique index or an exclusion
-- constraint with a public name. An index named <table>_<member>__duplicate only warns.
-- refuse_duplicates() refuses a second record in force, after refuse_violations().
--   select * from duplicates(u)   for each rule by which other records share a value with u:
--     pointer, code   of the warning
--     ids             the other records, except rejected and archived ones
--     taken           those of them in force, if u itself is in force
-- The function is a definer, because the other records may be hidden from the caller.
--   from umkm_warnings(u) v, duplicate_warnings(u, v.warnings) w
-- adds these warnings to the known ones. It names only the records that the caller may read.
create procedure duplicate_rules(table_name text)
language plpgsql as $$
#variable_conflict use_variable
declare
  searches text;
begin
  select string_agg(format($body$
  select %1$s, coalesce(%2$s, false) as in_force into this from (select (record).*) r;
  if %3$s then
    ids := array(select id from %4$I where %5$s and id <> this.id and deleted_at is null
                                       and status not in ('rejected', 'archived') order by id limit 20);
    if ids <> '{}' then
      pointer := %6$L;
      code := %7$L;
      taken := case when this.in_force then array(select id from %4$I where id = any (ids) and %2$s) else '{}' end;
      return next;
    end if;
  end if;$body$, 'id, ' || k.keys, rule.force, k.given, table_name, k.shared,
                           '/' || rule.name[1], case rule.name[2] when 'unique' then 'duplicate' else rule.name[2] end),
                    '' order by rule.name)
    into searches
    from (select i.*, x.conexclop, regexp_match(c.relname, '^' || table_name || '_(.+)__(.+)$') as name,
                 case when i.indisunique or i.indisexclusion then pg_get_expr(i.indpred, i.indrelid) else 'false' end as force
            from pg_index i
                 join pg_class c on c.oid = i.indexrelid
                 left join pg_constraint x on x.conindid = i.indexrelid and x.contype = 'x'
           where i.indrelid = table_name::regclass
             and not i.indisprimary
             and (i.indisunique or i.indisexclusion or c.relname like '%\_\_duplicate')) rule,
         lateral (
           select string_agg(format('%s as k%s', p.key, p.n), ', ') as keys,
                  string_agg(format('(%s) %s this.k%s', p.key, p.operator, p.n), ' and ') as shared,
                  string_agg(format('this.k%s is not null', p.n), ' and ') filter (where p.operator <> 'is not distinct from')
                    as given
             from (select n, pg_get_indexdef(rule.indexrelid, n, true) as key,
                          case
                            when rule.conexclop is not null
                            then (select o.oprname from pg_operator o where o.oid = rule.conexclop[n])
                            when rule.indnullsnotdistinct and a.attnotnull is not true then 'is not distinct from'
                            else '='
                          end as operator
                     from generate_series(1, rule.indnkeyatts) n
                          left join pg_attribute a on a.attrelid = rule.indrelid and a.attnum = rule.indkey[n - 1]) p) k
   where rule.name is not null;

  execute format('create function duplicates(record %I) returns table (pointer text, code text, ids uuid[], taken uuid[])'
                 ' language plpgsql stable rows 1 security definer set search_path = public, pg_temp as %L', table_name,
                 format(E'\n#variable_conflict use_column\ndeclare\n  this record;\nbegin%s\nend\n', searches));
  execute format($ddl$
    create function duplicate_warnings(record %1$I, known json) returns table (warnings json)
    language sql stable as $body$
      select case
               when count(*) = 0 then known
               else (known::jsonb || jsonb_agg(jsonb_build_object(
                      'pointer', d.pointer, 'code', d.code,
                      'records', (select jsonb_agg(o.id order by o.id) from %1$I o where o.id = any (d.ids)))))::json
             end
        from duplicates(record) d
    $body$
    $ddl$, table_name);
  execute format('grant execute on function duplicates(%1$I), duplicate_warnings(%1$I, json) to ovop_api', table_name);
end
$$;
