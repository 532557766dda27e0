-- Run this once after a restore, before the service starts, as the owner or a superuser. stdin is
-- the log of all instances. If the old database still runs, add its later audit entries, one on
-- each line (select to_jsonb(l) from audit_log l where …):
--
--   journalctl -u ovopd -o cat | runuser -u postgres -- psql -1qtAX -f service/deploy/after-restore.sql ovop
--
-- The script writes an entry about the restore into the audit. It ends every login, because the
-- restore revives logins that had ended. In addition to the results of audit.sql, a line begins
-- with:
--   restored  the moment, and the last change that the database holds
--   repeat    an action for a person or an account that the restore undid: repeat it. If officers
--             saw personal data, this line is the only record
--   undone    a change that the restore undid
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
  from logged t,
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

select 'repeat', t.line ->> 'time', t.line ->> 'operation', (select max(concat(u.resource, ' ', u.record_id))
                                                             from undone u
                                                            where u.request_id = t.line ->> 'request_id'),
       'by ' || (t.line ->> 'subject'), 'request ' || (t.line ->> 'request_id')
  from logged t
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
