-- Workflows: one table of actions for all resources. The trigger that enforces them and
-- allowed_actions both read it.

-- A resource follows a workflow, or none (null). Writers keep and submit its records. Deciders
-- verify, publish and reject them. business_table() fills this table.
create table resource (
  name        text primary key,
  workflow    text,
  writers     text[] not null,
  deciders    text[] not null,
  write_scope text not null
);

create table workflow (
  name    text primary key,
  initial text not null
);

alter table resource add foreign key (workflow) references workflow;

create table workflow_transition (
  workflow       text not null references workflow,
  position       int not null,                     -- the order in allowed_actions
  action         text not null,
  from_status    text not null,
  to_status      text,                             -- null: the action deletes the record
  -- Needs a decider who wrote nothing of the record since its last verification.
  decides        boolean not null default false,
  verifies       boolean not null default false,
  needs_note     boolean not null default false,
  -- Null: all deciders if the action decides, else all writers.
  roles          text[],
  -- `opens`: an update becomes a request. `closes`: the action decides the open request. While a
  -- request is open, no other action is possible.
  change_request text check (change_request in ('opens', 'closes')),
  primary key (workflow, action, from_status)
);

create unique index on workflow_transition (workflow, from_status, to_status) where change_request is distinct from 'closes';

insert into workflow values ('published', 'draft'), ('verified', 'draft');
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note)
select w.name, t.*
  from workflow w
       cross join (values
         ( 1, 'update',           'draft',          'draft',          false, false, false),
         ( 1, 'update',           'needs_revision', 'needs_revision', false, false, false),
         ( 2, 'submit',           'draft',          'submitted',      false, false, false),
         ( 2, 'submit',           'needs_revision', 'submitted',      false, false, false),
         ( 3, 'withdraw',         'submitted',      'draft',          false, false, false),
         ( 4, 'verify',           'submitted',      'verified',       true,  true,  false),
         ( 5, 'publish',          'verified',       'published',      true,  false, false),
         ( 6, 'request_revision', 'submitted',      'needs_revision', true,  false, true),
         ( 6, 'request_revision', 'verified',       'needs_revision', true,  false, true),
         ( 6, 'request_revision', 'published',      'needs_revision', true,  false, true),
         ( 7, 'reject',           'submitted',      'rejected',       true,  false, true),
         ( 8, 'reopen',           'rejected',       'draft',          false, false, false),
         ( 8, 'reopen',           'archived',       'draft',          true,  false, false),
         ( 9, 'archive',          'verified',       'archived',       true,  false, false),
         ( 9, 'archive',          'published',      'archived',       true,  false, false),
         (10, 'delete',           'draft',          null,             false, false, false)
       ) as t (position, action, from_status, to_status, decides, verifies, needs_note)
 where w.name = 'published' or 'published' not in (t.from_status, coalesce(t.to_status, ''));
insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note,
                                 change_request)
select 'published', t.position, t.action, s.status, s.status, t.decides, t.verifies, t.needs_note, t.change_request
  from (values ('verified'), ('published')) s (status)
       cross join (values
         ( 1, 'update',          false, false, false, 'opens'),
         (11, 'verify_change',   true,  true,  false, 'closes'),
         (12, 'reject_change',   true,  false, true,  'closes'),
         (13, 'withdraw_change', false, false, false, 'closes')
       ) as t (position, action, decides, verifies, needs_note, change_request);

grant select on resource, workflow, workflow_transition to ovop_api;

-- The same by resource and role: status -> actions, so that a list reads one row for it. The key
-- "status open" is for a record with an open change request. "… wrote" is for writers of the record
-- or of the request. A trigger derives this table when one of the two changes.
create table workflow_map (
  resource    text not null,
  role        text not null,
  write_scope text,           -- the scope that a system needs for any action
  actions     jsonb not null,
  primary key (resource, role)
);

grant select on workflow_map to ovop_api;
