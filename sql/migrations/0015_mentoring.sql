-- Training and mentoring: programmes, their sessions, the UMKM that take part, and the action
-- items.

insert into workflow values ('session', 'planned');
insert into workflow_transition (workflow, position, action, from_status, to_status, needs_note)
values ('session',  1, 'update', 'planned', 'planned',   false),
       -- Diagnosis and notes follow later.
       ('session',  1, 'update', 'held',    'held',      false),
       ('session',  2, 'hold',   'planned', 'held',      false),
       ('session',  9, 'cancel', 'planned', 'cancelled', true),
       ('session', 10, 'delete', 'planned', null,        false);

-- A programme belongs to one village, or to the whole district if village_code is null. Its
-- sessions name the participants.
create table training_program (
  title text not null,
  topic text not null,
  description text,
  starts_on date not null,
  ends_on date not null constraint training_program_ends_on__before_start check (ends_on >= starts_on),
  organiser text not null,
  funding_source text constraint training_program_funding_source__enum
    check (funding_source in ('apbd_kabupaten', 'apbd_provinsi', 'apbn', 'dana_desa', 'csr', 'other')),
  budget_idr bigint constraint training_program_budget_idr__range check (budget_idr >= 0),
  capacity integer constraint training_program_capacity__range check (capacity > 0),
  village_code text constraint training_program_village_code__exists references village (code),
  district_code text generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as
    (to_tsvector('simple', title || ' ' || organiser || ' ' || coalesce(description, ''))) stored
);

call business_table('training_program', district_wide => true, workflow => 'session', writers => '{dinas}');

create index on training_program (starts_on, id) where deleted_at is null;
create index on training_program (title, id) where deleted_at is null;
create index on training_program (updated_at, id) where deleted_at is null;
create index on training_program (village_code, starts_on, id) where deleted_at is null;
create index on training_program (district_code, starts_on, id) where deleted_at is null;
create index on training_program (topic, starts_on, id) where deleted_at is null;
create index on training_program (funding_source, starts_on, id) where deleted_at is null;
create index on training_program (status, starts_on, id) where deleted_at is null;
create index on training_program using gin (search) where deleted_at is null;

-- A session is held in village_code. The UMKM of `villages` are invited, and these villages read
-- it.
create table mentoring_session (
  program_id uuid constraint mentoring_session_program_id__exists references training_program (id),
  kind text not null constraint mentoring_session_kind__enum
    check (kind in ('training', 'workshop', 'coaching', 'mentoring_visit', 'exhibition')),
  topic text not null,
  title text not null,
  place text,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null constraint mentoring_session_ends_at__before_start check (ends_at > starts_at),
  capacity integer constraint mentoring_session_capacity__range check (capacity > 0),
  mentor_name sealed,
  mentor_phone sealed,
  mentor_organisation text,
  diagnosis text,
  notes text,
  village_code text not null constraint mentoring_session_village_code__exists references village (code),
  villages text[] not null constraint mentoring_session_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  search tsvector not null generated always as (to_tsvector('simple', title || ' ' || coalesce(place, ''))) stored
);

call business_table('mentoring_session', shared => true, workflow => 'session', writers => '{dinas}');

create index on mentoring_session (starts_at, id) where deleted_at is null;
create index on mentoring_session (updated_at, id) where deleted_at is null;
create index on mentoring_session (village_code, starts_at, id) where deleted_at is null;
create index on mentoring_session (program_id, starts_at, id);
create index on mentoring_session (topic, starts_at, id) where deleted_at is null;
create index on mentoring_session (kind, starts_at, id) where deleted_at is null;
create index on mentoring_session (status, starts_at, id) where deleted_at is null;
create index on mentoring_session using gin (villages) where deleted_at is null;
create index on mentoring_session using gin (district_codes) where deleted_at is null;
create index on mentoring_session using gin (search) where deleted_at is null;

-- A UMKM in a session: its registration, and later its attendance and its scores before and after.
create table mentoring_participant (
  session_id uuid not null constraint mentoring_participant_session_id__exists references mentoring_session (id),
  umkm_id uuid not null,
  attended boolean,
  pre_score integer constraint mentoring_participant_pre_score__range check (pre_score between 0 and 100),
  post_score integer constraint mentoring_participant_post_score__range check (post_score between 0 and 100),
  note text,
  village_code text not null,
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint mentoring_participant_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('mentoring_participant', workflow => null, writers => '{bumdes,dinas}');

create unique index mentoring_participant_umkm_id__unique on mentoring_participant (session_id, umkm_id)
 where deleted_at is null;

create index on mentoring_participant (umkm_id, session_id) where deleted_at is null;
create index on mentoring_participant (village_code) where deleted_at is null;
create index on mentoring_participant (district_code) where deleted_at is null;
create index on mentoring_participant (updated_at, id) where deleted_at is null;

-- A task to do after a session. The owner is an office or a business, never a person's name.
create table mentoring_action_item (
  session_id uuid not null constraint mentoring_action_item_session_id__exists references mentoring_session (id),
  umkm_id uuid,
  task text not null,
  owner text not null constraint mentoring_action_item_owner__enum
    check (owner in ('umkm', 'village_enterprise', 'village', 'dinas', 'mentor', 'other')),
  due_on date not null,
  state text not null default 'open' constraint mentoring_action_item_state__enum check (state in ('open', 'done', 'dropped')),
  closed_on date constraint mentoring_action_item_closed_on__together check ((closed_on is null) = (state = 'open')),
  note text,
  village_code text not null constraint mentoring_action_item_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint mentoring_action_item_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('mentoring_action_item', workflow => null, writers => '{dinas}');

create index on mentoring_action_item (session_id, due_on, id) where deleted_at is null;
create index on mentoring_action_item (umkm_id, due_on, id) where deleted_at is null;
create index on mentoring_action_item (village_code, due_on, id) where deleted_at is null;
create index on mentoring_action_item (district_code, due_on, id) where deleted_at is null;
create index on mentoring_action_item (due_on, id) where deleted_at is null;
create index on mentoring_action_item (due_on, id) where state = 'open' and deleted_at is null;
create index on mentoring_action_item (state, due_on, id) where deleted_at is null;
create index on mentoring_action_item (updated_at, id) where deleted_at is null;

call restrict_processing('mentoring_participant', 'umkm_id');

call restrict_processing('mentoring_action_item', 'umkm_id');

call keep_personal('mentoring_session', '{"mentor_name": null, "mentor_phone": null}', ends_at => 'ends_at');
