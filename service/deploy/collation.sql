-- Rebuilds the indexes whose order an upgrade of ICU or of the C library may have changed. Run it as
-- the owner or a superuser, when `serve` logs the event `collation`:
--
--   runuser -u postgres -- psql -qtAX -f service/deploy/collation.sql ovop
--
-- It prints the name of each index before it rebuilds it. Requests go on meanwhile. You can run it
-- again at any time.
\set ON_ERROR_STOP on

create temp table changed as
select oid as collation, format('alter collation %s refresh version', oid::regcollation) as refresh
  from pg_collation
 where collnamespace = 'public'::regnamespace
   and collversion <> pg_collation_actual_version(oid)
 union all
select 'pg_catalog.default'::regcollation, format('alter database %I refresh collation version', datname)
  from pg_database
 where datname = current_database()
   and datcollversion <> pg_database_collation_actual_version(oid);

-- PostgreSQL cannot rebuild the index of an exclusion constraint beside requests.
select format('select %L', i.indexrelid::regclass),
       format('reindex index %s %s', case when not i.indisexclusion then 'concurrently' end, i.indexrelid::regclass)
  from pg_index i
       join pg_class c on c.oid = i.indexrelid
 where c.relnamespace = 'public'::regnamespace
   and exists (select from changed where changed.collation = any (i.indcollation))
 order by 1
\gexec

-- The versions come last, so that an interrupted run starts again.
select refresh from changed
\gexec
