-- What may become of a record: one table for all resources, read by the trigger that enforces it and by allowed_actions.

-- A resource follows a workflow (null: it has none); writers keep and submit its records, deciders verify, publish, reject.
-- Filled by business_table().
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
  to_status      text,                             -- null: deleted
  decides        boolean not null default false,   -- by a decider who wrote nothing of it since it was last verified
  verifies       boolean not null default false,
  needs_note     boolean not null default false,
  roles          text[],                           -- who does it, where it is neither all writers nor all deciders
  -- `opens`: an update is not made but asked for. `closes`: it decides the open request, and while there is one nothing else is
  -- possible.
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

-- Who may take a step at all.
create function step_roles(rule resource, step workflow_transition) returns text[]
language sql immutable parallel safe as $$
  select coalesce(step.roles, case when step.decides then rule.deciders else rule.writers end)
$$;

-- Where an action leads from here, or the refusal: 403 when the role never may, 409 when not in this state. Who exactly may is
-- the trigger's to say.
create function workflow_target(resource text, status text, action text) returns text
language plpgsql stable as $$
#variable_conflict use_variable
declare
  target text;
begin
  if not exists (select
                   from resource r
                        join workflow_transition t on t.workflow = r.workflow
                  where r.name = resource
                    and t.action = action
                    and claim_role() = any (step_roles(r, t))) then
    perform refuse('forbidden');
  end if;

  select t.to_status
    into target
    from resource r
         join workflow_transition t on t.workflow = r.workflow
   where r.name = resource
     and t.action = action
     and t.from_status = status;

  if target is null then
    perform refuse('state_conflict');
  end if;
  return target;
end
$$;

-- The same by resource and role, so that a list reads one row of it: status -> actions, where "status open" has an open change
-- request and "… wrote" is for those who wrote the record or ask for the change. Derived whenever the two tables change.
create table workflow_map (
  resource    text not null,
  role        text not null,
  write_scope text,           -- what a system needs for any of it
  actions     jsonb not null,
  primary key (resource, role)
);

create function workflow_map_derive() returns trigger
language plpgsql as $$
begin
  delete from workflow_map;
  insert into workflow_map
  select m.name, m.role, case m.role when 'system' then m.write_scope end, jsonb_object_agg(m.status, m.actions)
    from (select r.name, r.write_scope, may.role, t.from_status || o.suffix || w.suffix as status,
                 jsonb_agg(t.action order by t.position) as actions
            from resource r
                 join workflow_transition t on t.workflow = r.workflow
                 cross join unnest(step_roles(r, t)) may (role)
                 cross join (values ('', false), (' open', true)) o (suffix, open)
                 cross join (values ('', false), (' wrote', true)) w (suffix, wrote)
           where not (t.decides and w.wrote)
             and (t.change_request is not distinct from 'closes') = o.open
           group by r.name, may.role, 4) m
   group by m.name, m.role, m.write_scope;
  return null;
end
$$;

create trigger workflow_map after insert or update or delete on resource
   for each statement execute function workflow_map_derive();
create trigger workflow_map after insert or update or delete on workflow_transition
   for each statement execute function workflow_map_derive();

grant select on workflow_map to ovop_api;

-- What the caller may do next with a record, and with its open change request. A row function calls it in its FROM, where it is
-- inlined: the sub-selects run once a statement, not once a row.
--   from allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
create function allowed_actions(resource text, status text, writers uuid[], village_code text,
                                request change_request default null)
returns table (allowed_actions json)
language sql stable as $$
  select case when (select claim_everywhere()) or village_code = any ((select claim_villages())::text[])
              then coalesce((select m.actions
                               from workflow_map m
                              where m.resource = allowed_actions.resource
                                and m.role = claim_role()
                                and (m.write_scope is null or claim_scope(m.write_scope)))
                            -> (status || case when (request).status = 'open' then ' open' else '' end
                                       || case when (select claim_subject())
                                                    = any (change_writers(writers, request)) then ' wrote' else '' end),
                            '[]')::json
              else '[]'
         end
$$;

-- What may be done with a record that has no workflow.
create function kept_actions(resource text, village_code text) returns table (allowed_actions json)
language sql stable as $$
  select case when ((select claim_everywhere()) or village_code = any ((select claim_villages())::text[]))
                   and exists (select
                                 from resource r
                                where r.name = kept_actions.resource
                                  and claim_role() = any (r.writers)
                                  and (claim_role() <> 'system' or claim_scope(r.write_scope)))
              then '["update", "delete"]'
              else '[]'
         end::json
$$;

grant execute on function
  step_roles(resource, workflow_transition), workflow_target(text, text, text), allowed_actions(text, text, uuid[], text, change_request), kept_actions(text, text)
  to ovop_api;
