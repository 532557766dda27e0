-- Checks the audit, and compares it with the seals that left the machine in the log. Run it as the
-- owner or a superuser, with the log on stdin:
--
--   journalctl -u ovopd -o cat | runuser -u postgres -- psql -qtAX -f service/deploy/audit.sql ovop
--
-- stdin must be the log of every instance, at level info. `whole` counts the seals in the log.
-- The first word of a line is the result:
--   whole     everything that was compared agrees
--   broken    the chain or a seal is wrong
--   missing   a seal of the log is not in the database
--   set back  seals are not in the database, because a restore gave them up; the audit has an entry
--             about that restore
\set ON_ERROR_STOP on
set timezone = 'UTC';

create temp table line (line text);
\copy line from pstdin with (format csv, delimiter e'\x02', quote e'\x01')

create function pg_temp.object(line text) returns jsonb
language plpgsql immutable as $$
begin
  return case when line like '{%}' then line::jsonb end;
exception when data_exception then  -- not a line of ovopd
  return null;
end
$$;

create temp table logged as
select pg_temp.object(line) as line
  from line;

create temp view logged_seal as
select (t.line ->> 'time')::timestamptz as at, (d.seal ->> 'id')::bigint as id, d.seal ->> 'digest' as digest
  from logged t,
       lateral (select pg_temp.object(t.line ->> 'detail') -> 'seal') d (seal)
 where t.line ->> 'event' = 'housekeeping'
   and d.seal ->> 'id' is not null;

create temp view finding as
  with absent as (
       select t.id, t.at, max(r.at) as restored_at, (array_agg(r.changes #>> '{to,1}' order by r.at desc))[1] as restored_to
         from logged_seal t
              left join audit_log r on r.resource = 'database' and r.action = 'restore'
                                   and t.at between (r.changes #>> '{to,1}')::timestamptz and r.at
        where not exists (select from audit_seal s where (s.id, s.digest) = (t.id, t.digest))
        group by t.id, t.at, t.digest)
select 'broken' as finding, concat_ws(' ', v.what, v.id, v.resource, v.record_id) as detail
  from audit_verify() v
 union all
select 'missing', format('seal %s, in the log at %s', a.id, a.at)
  from absent a
 where a.restored_at is null
 union all
select 'set back', format('%s of the log''s seals, %s to %s, by the restore of %s to %s', count(*), min(a.id), max(a.id),
                          a.restored_at, a.restored_to)
  from absent a
 where a.restored_at is not null
 group by a.restored_at, a.restored_to;

select *
  from finding;
select 'whole', format('%s entries until %s; the last of %s seals is %s; the log has %s', count(*), max(l.at),
                       (select count(*) from audit_seal), (select max(s.id) from audit_seal s), (select count(*) from logged_seal))
  from audit_log l
having not exists (select from finding f where f.finding in ('broken', 'missing'));
