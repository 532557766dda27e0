-- Workflows: the actions that a record allows, for business_workflow() and allowed_actions().

-- The roles that may take a step.
create function workflow_roles(rule resource, step workflow_transition) returns text[]
language sql immutable parallel safe as $$
  select coalesce(step.roles, case when step.decides then rule.deciders else rule.writers end)
$$;

-- The status that an action leads to, or a refusal: 403 if the role never may, 409 if the record's
-- status does not allow it. The trigger checks the caller's other rights.
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
                    and claim_role() = any (workflow_roles(r, t))) then
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
                 cross join unnest(workflow_roles(r, t)) may (role)
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

-- Derives workflow_map again: migrations change both tables while there are no triggers. A
-- statement trigger fires even if no row matches.
update workflow_transition set position = position where false;

grant execute on function
  workflow_roles(resource, workflow_transition), workflow_target(text, text, text)
  to ovop_api;
