-- Once after a restore, before the service starts, by the owner or a superuser; on stdin the log of all instances and, where the
-- old database could still be asked, its entries since then (select to_jsonb(l) from audit_log l where …), each a line:
--
--   journalctl -u ovopd -o cat | runuser -u postgres -- psql -1qtAX -f tests/deploy/after-restore.sql ovop
--
-- The audit says from now on that it was set back, and to when. Every login ends, since some had ended that are back. Beside what
-- audit.sql says: `restored` to when, and the last change that is there; `anew` what somebody did for a person, or to who may
-- come in, and has to do again (who saw personal data: this line is all that is left of it); `undone` each change that is gone.
\set ON_ERROR_STOP on
do $$
begin
  perform audit_write('database', current_database(), null, 'restore', jsonb_build_object('to', jsonb_build_array(
            null, coalesce(pg_last_xact_replay_timestamp(), (select max(l.at) from audit_log l)))));
  update refresh_family set revoked_at = now() where revoked_at is null;
end
$$;
\ir audit.sql

create temp view undone as
select o.*
  from told t,
       jsonb_populate_record(null::audit_log, t.line) o
 where o.hash is not null
   and not exists (select from audit_log l where (l.id, l.hash) = (o.id, o.hash));

select id, (changes #>> '{to,1}')::timestamptz as restored_to
  from audit_log
 where action = 'restore'
 order by id desc
 limit 1 \gset

select 'restored', format('to %s; the last change is of %s', :'restored_to', max(l.at))
  from audit_log l
 where l.id < :id;

select 'anew', t.line ->> 'time', t.line ->> 'operation', (select max(concat(u.resource, ' ', u.record_id))
                                                             from undone u
                                                            where u.request_id = t.line ->> 'request_id'),
       'by ' || (t.line ->> 'subject'), 'request ' || (t.line ->> 'request_id')
  from told t
 where t.line ->> 'event' = 'exchange'
   and t.line ->> 'status' like '2__'
   and (t.line ->> 'time')::timestamptz > :'restored_to'
   and not exists (select from audit_log l where l.request_id = t.line ->> 'request_id')
   and t.line ->> 'operation' in (
         'data_subject_request_create', 'data_subject_request_update', 'data_subject_request_action',
         'umkm_erase', 'umkm_consent_put', 'umkm_disclose', 'umkm_reveal', 'umkm_lookup', 'mentoring_mentor_reveal', 'buyer_reveal',
         'personal_record_lookup', 'user_create', 'user_update', 'user_reset_password', 'me_password', 'token_revoke',
         'service_account_create', 'service_account_update', 'service_account_rotate_secret')
 order by t.line ->> 'time';

select 'undone', u.at, u.operation, u.action, u.resource, u.record_id, u.subject, u.request_id
  from undone u
 order by u.id;
