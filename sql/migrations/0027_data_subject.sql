-- The rights of data subjects (UU 27/2022, articles 5-13, 31, 32, 40-43): to get an answer, to see
-- all their data, and to be forgotten. A request is due within three days. The officer who decides
-- it is not the one who recorded it.

insert into workflow values ('request', 'received');
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note)
values ('request', 1, 'update',   'received', 'received',  false, false, false),
       ('request', 2, 'grant',    'received', 'granted',   true,  true,  false),
       ('request', 3, 'refuse',   'received', 'refused',   true,  true,  true),
       ('request', 4, 'withdraw', 'received', 'withdrawn', false, false, true),
       ('request', 5, 'complete', 'granted',  'done',      false, false, false);

-- The subject is a UMKM's owner, a buyer's contact or a session's mentor.
create table data_subject_request (
  kind text not null constraint data_subject_request_kind__enum
    check (kind in ('access', 'correction', 'erasure', 'restriction', 'objection', 'withdrawal')),
  umkm_id uuid,
  buyer_id uuid constraint data_subject_request_buyer_id__exists references buyer (id),
  session_id uuid constraint data_subject_request_session_id__exists references mentoring_session (id),
  details text,
  received_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  village_code text not null constraint data_subject_request_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint data_subject_request_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('data_subject_request', workflow => 'request', writers => '{bumdes,dinas}');

call keep_personal('data_subject_request', '{"details": null}', 'umkm_id', 'updated_at');

create index on data_subject_request (due_at, id) where deleted_at is null;
create index on data_subject_request (due_at, id) where status in ('received', 'granted');
create index on data_subject_request (updated_at, id) where deleted_at is null;
create index on data_subject_request (village_code, due_at, id) where deleted_at is null;
create index on data_subject_request (district_code, due_at, id) where deleted_at is null;
create index on data_subject_request (status, due_at, id) where deleted_at is null;
create index on data_subject_request (kind, due_at, id) where deleted_at is null;
create index on data_subject_request (umkm_id, due_at, id) where deleted_at is null;
create index on data_subject_request (buyer_id) where deleted_at is null;
create index on data_subject_request (session_id) where deleted_at is null;

call restrict_processing('data_subject_request', 'umkm_id');

call restrict_processing('personal_record', 'umkm_id');

call restrict_processing('personal_read', 'record_id');
