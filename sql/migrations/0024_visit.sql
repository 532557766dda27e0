-- Visits (sambang desa), the aspirations of the villages, and the commitments made to them.

insert into workflow values ('visit', 'planned'), ('aspiration', 'open'), ('commitment', 'open');
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note, roles)
values ('visit',       1, 'update',   'planned',     'planned',     false, false, false, null),
       -- The summary follows after the visit.
       ('visit',       1, 'update',   'done',        'done',        false, false, false, null),
       ('visit',       2, 'complete', 'planned',     'done',        false, false, false, null),
       ('visit',       9, 'cancel',   'planned',     'cancelled',   false, false, true,  '{bupati}'),
       ('visit',      10, 'delete',   'planned',     null,          false, false, false, '{bupati}'),
       ('aspiration',  1, 'update',   'open',        'open',        false, false, false, null),
       ('aspiration',  2, 'address',  'open',        'addressed',   false, false, false, null),
       ('aspiration',  3, 'decline',  'open',        'declined',    false, false, true,  null),
       ('aspiration',  8, 'reopen',   'addressed',   'open',        false, false, false, null),
       ('aspiration',  8, 'reopen',   'declined',    'open',        false, false, false, null),
       ('aspiration', 10, 'delete',   'open',        null,          false, false, false, '{bupati}'),
       -- The role that must keep a commitment cannot change it. Only the village confirms it.
       ('commitment',  1, 'update',   'open',        'open',        false, false, false, '{bupati}'),
       ('commitment',  1, 'update',   'in_progress', 'in_progress', false, false, false, '{bupati}'),
       ('commitment',  2, 'start',    'open',        'in_progress', false, false, false, '{dinas}'),
       ('commitment',  3, 'complete', 'in_progress', 'done',        false, false, false, '{dinas}'),
       ('commitment',  4, 'confirm',  'done',        'confirmed',   true,  true,  false, null),
       ('commitment',  5, 'return',   'done',        'in_progress', true,  false, true,  null),
       ('commitment', 10, 'delete',   'open',        null,          false, false, false, '{bupati}');

create table visit (
  visited_on date not null,
  place text,
  purpose text not null,
  led_by text not null constraint visit_led_by__enum
    check (led_by in ('bupati', 'deputy_bupati', 'regional_secretary', 'dinas', 'camat', 'other')),
  summary text,
  village_code text not null constraint visit_village_code__exists references village (code),
  villages text[] not null constraint visit_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    purpose || ' ' || coalesce(place, '') || ' ' || coalesce(summary, ''))) stored
);

call business_table('visit', shared => true, workflow => 'visit', writers => '{bupati,dinas}', creators => '{bupati}');

create index on visit (visited_on, id) where deleted_at is null;
create index on visit (updated_at, id) where deleted_at is null;
create index on visit (status, visited_on, id) where deleted_at is null;
create index on visit (village_code, visited_on, id) where deleted_at is null;
create index on visit using gin (villages) where deleted_at is null;
create index on visit using gin (district_codes) where deleted_at is null;
create index on visit using gin (search) where deleted_at is null;

-- A statement of a village on a visit. It names a group, never a person.
create table aspiration (
  visit_id uuid not null constraint aspiration_visit_id__exists references visit (id),
  kind text not null constraint aspiration_kind__enum check (kind in ('obstacle', 'request', 'idea')),
  topic text not null,
  text text not null,
  raised_by_group text not null constraint aspiration_raised_by_group__enum
    check (raised_by_group in ('umkm', 'farmers', 'artisans', 'women', 'youth', 'disabled', 'village_enterprise',
                               'village_government', 'other')),
  priority text not null constraint aspiration_priority__enum check (priority in ('high', 'normal', 'low')),
  village_code text not null constraint aspiration_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', text)) stored
);

call business_table('aspiration', workflow => 'aspiration', writers => '{bupati,dinas}', creators => '{bupati}');

create index on aspiration (created_at, id) where deleted_at is null;
create index on aspiration (updated_at, id) where deleted_at is null;
create index on aspiration (visit_id, created_at, id) where deleted_at is null;
create index on aspiration (village_code, created_at, id) where deleted_at is null;
create index on aspiration (district_code, created_at, id) where deleted_at is null;
create index on aspiration (status, created_at, id) where deleted_at is null;
create index on aspiration (kind, created_at, id) where deleted_at is null;
create index on aspiration (topic, created_at, id) where deleted_at is null;
create index on aspiration (priority, created_at, id) where deleted_at is null;
create index on aspiration using gin (search) where deleted_at is null;

-- A promise of an office. It counts as kept when the village confirms it.
create table commitment (
  visit_id uuid not null constraint commitment_visit_id__exists references visit (id),
  aspiration_id uuid constraint commitment_aspiration_id__exists references aspiration (id),
  office text not null,
  text text not null,
  due_on date not null,
  done_on date,
  village_code text not null constraint commitment_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', text)) stored
);

call business_table('commitment', workflow => 'commitment', writers => '{bupati,dinas}', creators => '{bupati}',
                    deciders => '{bumdes}');

create index on commitment (due_on, id) where deleted_at is null;
create index on commitment (due_on, id) where status in ('open', 'in_progress') and deleted_at is null;
create index on commitment (updated_at, id) where deleted_at is null;
create index on commitment (visit_id, due_on, id) where deleted_at is null;
create index on commitment (aspiration_id, due_on, id) where deleted_at is null;
create index on commitment (village_code, due_on, id) where deleted_at is null;
create index on commitment (district_code, due_on, id) where deleted_at is null;
create index on commitment (office, due_on, id) where deleted_at is null;
create index on commitment (status, due_on, id) where deleted_at is null;
create index on commitment using gin (search) where deleted_at is null;

-- The progress of a commitment, with its proof. Entries are never taken back.
create table commitment_progress (
  commitment_id uuid not null constraint commitment_progress_commitment_id__exists references commitment (id),
  noted_on date not null,
  percent integer not null constraint commitment_progress_percent__range check (percent between 0 and 100),
  note text not null,
  proof jsonb,  -- {kind, number, date, issuer}
  village_code text not null constraint commitment_progress_village_code__exists references village (code)
);

call business_table('commitment_progress', workflow => null, writers => '{dinas}');

create index on commitment_progress (commitment_id, noted_on, id);
