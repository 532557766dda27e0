-- An id means one record, so a log entry is found by resource and id, and a request by an id that no
-- client chooses.

-- The record comes first: chosen_id() looks for entries of any resource with the id of a new record.
drop index audit_log_record;
create index audit_log_record on audit_log (record_id, resource, id);

alter table audit_log
  -- Of the record after the change. Null if the record has no version.
  add column version int,
  -- The transaction of the entry. Entries up to the oldest running transaction are complete. Null:
  -- written before this column. A restored dump keeps the ids of the old cluster.
  add column xid xid8,
  -- The villages before the change; `villages` are those after it. They give nobody the right to
  -- read the entry: its values may belong to the new village. Null for a new record.
  add column villages_before text[],
  -- X-Request-Id of the client, which may be used again. request_id is the service's own.
  add column client_request_id text;

-- A UMKM hides its reads by umkm_id, as everywhere. record_id alone may name another resource's
-- record.
alter table personal_read
  add column umkm_id uuid,                 -- the UMKM whose person it is; null: another's person
  add column client_request_id text default claims() ->> 'client_request_id',
  -- The request for access that this read answers. Reads from before this column name none.
  add column data_subject_request_id uuid
      constraint personal_read_data_subject_request_id__exists references data_subject_request (id);

update personal_read l
   set umkm_id = p.umkm_id
  from personal_record p
 where (p.resource, p.record_id) = (l.resource, l.record_id);
update personal_read l
   set umkm_id = l.record_id
 where l.resource in ('umkm', 'umkm_owner', 'umkm_consent');

alter table personal_read
  add constraint personal_read_umkm_id__check
      check (resource not in ('umkm', 'umkm_owner', 'umkm_consent') or umkm_id is not distinct from record_id);

create index on personal_read (data_subject_request_id) where data_subject_request_id is not null;

grant insert (umkm_id, data_subject_request_id) on personal_read to ovop_bumdes, ovop_dinas;

drop policy processing_restricted on personal_read;
drop policy not_counted on personal_read;
call restrict_processing('personal_read', 'umkm_id');

-- received_at is what the client says. It may bring the end of the 72 hours forward, never back.
update data_subject_request r
   set due_at = least(r.received_at, r.created_at) + interval '72 hours'
 where r.received_at > r.created_at;

-- The sample data gave these records the ids of sample visits and certifications. The seeds have the
-- new ids.
update star_assessment s
   set id = overlay(s.id::text placing 'f' from 33 for 1)::uuid
 where s.source = 'sample'
   and s.id between '019a0000-0000-7000-8000-000000000701' and '019a0000-0000-7000-8000-000000000704';
update target t
   set id = overlay(t.id::text placing 'f' from 33 for 1)::uuid
 where t.source = 'sample'
   and t.id between '019a0000-0000-7000-8000-000000000801' and '019a0000-0000-7000-8000-000000000803';
