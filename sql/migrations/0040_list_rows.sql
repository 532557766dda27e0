-- The rows of a page, by their keys. A list is planned for its values each time, since its filters fold away; what a row shows
-- does not depend on them, and planning all that a row function looks up took longer than finding the page.

-- <noun>_rows(ids[, expand]) for each: what <noun>_row() says, in the order of the ids, planned once a session. It runs as its
-- caller, whose policies hold. No join with the ids: a view of many tables would be joined whole before it met them. And
-- `offset 0`: pulled up, a view's coalesce() would become a condition below a policy, where it may use no index. Called again,
-- after a drop, when a row function has got other columns.
create procedure list_rows(variadic nouns text[])
language plpgsql as $$
declare
  noun    text;
  one     pg_proc;
  expands boolean;
begin
  foreach noun in array nouns loop
    select * into strict one from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = noun || '_row';
    expands := one.pronargs = 2;
    execute format($ddl$
      create function %I(ids uuid[]%s) returns %s
      language plpgsql stable set plan_cache_mode = force_generic_plan as $rows$
      begin
        return query
        select r.*
          from (select n.* from %I n where n.id = any ($1) offset 0) n, %I(n%s) r
         order by array_position($1, n.id);
      end
      $rows$
      $ddl$, noun || '_rows', case when expands then ', expand text[]' else '' end, pg_get_function_result(one.oid),
      noun, one.proname, case when expands then ', $2' else '' end);
    execute (select format('grant execute on function %I to %s', noun || '_rows', string_agg(a.grantee::regrole::text, ', '))
               from aclexplode(one.proacl) a
              where a.grantee not in (0, one.proowner));
  end loop;
end
$$;

call list_rows('umkm', 'village_enterprise', 'product', 'training_program', 'mentoring_session', 'mentoring_action_item',
  'buyer', 'export', 'village_potential', 'flagship', 'certification', 'star_assessment', 'production_report', 'visit',
  'aspiration', 'commitment', 'outcome', 'target', 'data_subject_request', 'catalog_umkm', 'catalog_village_enterprise',
  'catalog_product');
