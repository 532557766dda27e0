-- The columns, constraints, policies, grants and triggers that all business tables share.

-- Sets these columns to their true values, whatever the statement gives.
-- Argument: 'shared' if the table has the column villages. A former code of a village becomes the
-- present one.
create function business_touch() returns trigger
language plpgsql as $$
begin
  new.village_code := village_present(new.village_code);
  if tg_nargs > 0 then
    new.villages := village_present(new.villages);
  end if;

  if tg_op = 'INSERT' then
    if claims_given() then
      new.version := 1;
      new.source := claim_source();
      new.created_at := now();
      new.created_by := claim_subject();
      new.deleted_at := null;
    end if;
    new.updated_at := new.created_at;
    new.updated_by := new.created_by;
    return new;
  end if;

  if old.deleted_at is not null then
    perform refuse('not_found');
  end if;
  if claims_given() and not claim_everywhere() and old.village_code = any (claim_villages()) is not true
     and current_setting('app.follows', true) is distinct from 'on' then
    perform refuse('forbidden');
  end if;
  new.id := old.id;
  new.version := old.version + 1;
  new.created_at := old.created_at;
  new.created_by := old.created_by;
  new.updated_at := now();
  new.updated_by := claim_subject();
  if claims_given() then
    new.source := old.source;
  end if;
  if new.deleted_at is not null then
    new.deleted_at := now();
  end if;
  return new;
end
$$;

-- Checks every change against workflow_transition. Arguments: the resource, and the columns that a
-- transition may change.
-- app.applies names a record that skips this check. Its change was decided elsewhere: by the check
-- of a change request, or with a part of the record. app.follows does so for records that change
-- with another record.
create function business_workflow() returns trigger
language plpgsql as $$
declare
  rule  resource;
  step  workflow_transition;
  was   change_request;
  asked change_request;
  patch jsonb;
begin
  select * into rule from resource where name = tg_argv[0];

  if not claims_given() or current_setting('app.applies', true) = new.id::text
     or current_setting('app.follows', true) = 'on' then
    return new;
  end if;

  if tg_op = 'INSERT' then
    new.status := (select initial from workflow where name = rule.workflow);
    new.status_note := null;
    new.submitted_by := null;
    new.verified_at := null;
    new.verified_by := null;
    new.writers := array[claim_subject()];
    return new;
  end if;

  was := jsonb_populate_record(was, nullif(to_jsonb(old) -> 'change_request', 'null'));
  asked := jsonb_populate_record(asked, nullif(to_jsonb(new) -> 'change_request', 'null'));
  patch := (select coalesce(jsonb_object_agg(n.key, n.value), '{}')
              from jsonb_each(to_jsonb(new) - (tg_argv[1]::text[] || array['change_request'])) n
             where n.value <> to_jsonb(old) -> n.key);

  select *
    into step
    from workflow_transition t
   where t.workflow = rule.workflow
     and t.from_status = old.status
     and case
           when asked is distinct from was then t.change_request = 'closes' and t.action = asked.status || '_change'
           when was.status = 'open' then false
           when new.deleted_at is not null then t.action = 'delete'
           else t.to_status = new.status and t.change_request is distinct from 'closes'
         end;

  if step is null and was.status = 'open' then
    perform refuse('state_conflict', jsonb_build_array(
      jsonb_build_object('pointer', '/change_request', 'code', 'change_open', 'limit', was.id)));
  end if;
  if step is null or step.action not in ('update', 'request_change') and patch <> '{}' then
    perform refuse('state_conflict');
  end if;
  if claim_role() = any (workflow_roles(rule, step)) is not true then
    perform refuse('forbidden');
  end if;
  if step.decides and claim_subject() = any (change_writers(old.writers, was)) then
    perform refuse('forbidden', violation('/status', 'verifier_wrote'));
  end if;
  if step.needs_note
     and says_something(case step.change_request when 'closes' then asked.note else new.status_note end) is not true then
    perform refuse('validation_failed', violation('/note', 'required'));
  end if;

  if step.change_request = 'opens' then
    if patch = '{}' then
      return old;
    end if;
    perform change_check(tg_table_name, old.id, patch);
    -- The record keeps its values. The request holds the new ones until another officer verifies it.
    asked := row(uuid_v7(), 'open', patch, null, now(), claim_subject(), null, null);
    new := jsonb_populate_record(old, jsonb_build_object('version', new.version, 'updated_at', new.updated_at,
                                                         'updated_by', new.updated_by, 'change_request', asked));
  elsif step.change_request = 'closes' then
    asked.status := case asked.status when 'verify' then 'verified' when 'reject' then 'rejected' else 'withdrawn' end;
    asked.decided_at := now();
    asked.decided_by := claim_subject();
    if step.verifies then  -- the record holds the values from now on
      new := jsonb_populate_record(new, was.patch);
      asked.patch := '{}';
    end if;
    new := jsonb_populate_record(new, jsonb_build_object('change_request', asked));
  end if;

  new.submitted_by := case when step.action = 'submit' then claim_subject() else old.submitted_by end;
  new.verified_at := case when step.verifies then now() else old.verified_at end;
  new.verified_by := case when step.verifies then claim_subject() else old.verified_by end;
  new.writers := case
                   when step.verifies then '{}'
                   when step.action = 'update' and step.change_request is null
                   then array(select unnest(old.writers) union select claim_subject())
                   else old.writers
                 end;
  if step.action = 'update' or step.change_request is not null then
    new.status_note := old.status_note;
  end if;
  return new;
end
$$;

-- Villages that one officer names cannot read the record before the Dinas has verified it, unless
-- they are the writer's own. Until then they stand in villages_waiting. The lead village and those
-- that were verified before keep reading.
create function business_villages() returns trigger
language plpgsql as $$
declare
  named text[] := new.villages || array(select w from unnest(new.villages_waiting) w where w <> all (new.villages));
begin
  if new.status in ('verified', 'published') then
    new.villages := named;
    new.villages_waiting := '{}';
  else
    new.villages := array(select v
                            from unnest(named) v
                           where v = new.village_code
                              or v = any (old.villages)
                              or v = any (claim_villages()));
    new.villages_waiting := array(select v from unnest(named) v where v <> all (new.villages));
  end if;
  return new;
end
$$;

-- Creates the policy for one role and command, with its grant. It replaces an existing policy.
create procedure business_policy(table_name text, role text, command text, reads text default null, writes text default null)
language plpgsql set client_min_messages = warning as $$
begin
  execute format('drop policy if exists %I on %I', role || '_' || command, table_name);
  execute format('create policy %I on %I for %s to %I', role || '_' || command, table_name, command, 'ovop_' || role)
          || coalesce(' using (' || reads || ')', '') || coalesce(' with check (' || writes || ')', '');
  execute format('grant %s on %I to %I', command, table_name, 'ovop_' || role);
end
$$;

-- business_table('umkm') gives a table its common columns, constraints, policies and grants. A
-- migration calls it after the `create table` with the table's own columns. The triggers of the
-- table come from business_triggers(), below.
--   resource            the name in the workflow, the audit and allowed_actions; null: the
--                       table's name
--   write_scope         the scope that a service account needs to write
--   shared              the column villages decides who reads; village_code, the lead village
--                       among them, decides who writes. If its records are verified, the table also
--                       needs the column `villages_waiting text[] not null default '{}'`
--   district_wide       village_code may be null: such a record belongs to the whole district, and
--                       every village reads it
--   workflow            null: the table has no workflow and no status
--   writers, deciders   roles, see table resource
--   creators            the roles that create records, if not all writers do
--   part_of             the table of the records to which these parts belong; both share the id
create procedure business_table(
  table_name  text,
  resource    text default null,
  write_scope text default 'register:write',
  shared      boolean default false,
  district_wide boolean default false,
  workflow    text default 'published',
  writers     text[] default '{bumdes,dinas,system}',
  deciders    text[] default '{dinas}',
  creators    text[] default null,
  part_of     text default null)
language plpgsql set client_min_messages = warning as $$
#variable_conflict use_variable
declare
  noun      text := coalesce(resource, table_name);
  changers  text[] := array(select unnest(writers || deciders || creators)
                             union
                            select unnest(t.roles) from workflow_transition t where t.workflow = workflow);
  in_scope  text := 'village_code = any ((select claim_villages())::text[])';
  readable  text := case
                      when shared then 'villages && (select claim_villages())::text[]'
                      when district_wide then format('(village_code is null or %s)', in_scope)
                      else in_scope
                    end;
  -- The contract decides which operations a system may call. A system with reports:read reads the
  -- records of a list, but no parts of records.
  may_read  text := format('(select claim_scope(''register:read'')%s or claim_scope(%L))',
                           case when part_of is null then ' or claim_scope(''reports:read'')' end, write_scope);
  may_write text := format('(select claim_scope(%L))', write_scope);
  district  text := '(select claim_district())';
  role      text;
  reach     text;
  lead      text;
begin
  insert into resource as r values (noun, workflow, writers, deciders, write_scope)
      on conflict (name) do update
     set workflow = excluded.workflow, writers = excluded.writers, deciders = excluded.deciders,
         write_scope = excluded.write_scope;

  execute format($ddl$
    alter table %1$I
      add column if not exists id uuid not null default uuid_v7()
          constraint %2$I primary key,
      add column if not exists village_code text %4$s
          constraint %3$I references village (code),
      add column if not exists version int not null default 1,
      add column if not exists source text not null default 'import',
      add column if not exists created_at timestamptz(3) not null default now(),
      add column if not exists created_by uuid,
      add column if not exists updated_at timestamptz(3) not null default now(),
      add column if not exists updated_by uuid,
      add column if not exists deleted_at timestamptz(3)
    $ddl$, table_name, table_name || '_id__unique', table_name || '_village_code__exists',
    case when not district_wide then 'not null' end);

  if shared then
    execute format($ddl$
      alter table %1$I
        add column if not exists villages text[] not null
            constraint %2$I check (village_code = any (villages))
      $ddl$, table_name, table_name || '_villages__lead');
  end if;

  if workflow is not null then
    execute format($ddl$
      alter table %1$I
        add column if not exists status text not null default %3$L
            constraint %2$I check (status = any (%4$L)),
        add column if not exists status_note text,
        add column if not exists submitted_by uuid,
        add column if not exists verified_at timestamptz(3),
        add column if not exists verified_by uuid,
        add column if not exists writers uuid[] not null default '{}'
      $ddl$, table_name, table_name || '_status__enum',
      (select w.initial from workflow w where w.name = workflow),
      array(select from_status from workflow_transition t where t.workflow = workflow
             union
            select to_status from workflow_transition t where t.workflow = workflow and to_status is not null
             order by 1));
  end if;

  if exists (select from workflow_transition t where t.workflow = workflow and t.change_request = 'opens') then
    execute format('alter table %I add column if not exists change_request change_request', table_name);
  end if;

  call force_policies(table_name);

  -- The Dinas and the Bupati's office read all records. Villages and systems read the records in
  -- their scope.
  call business_policy(table_name, 'bumdes', 'select', readable);
  call business_policy(table_name, 'dinas', 'select', 'true');
  call business_policy(table_name, 'bupati', 'select', 'true');
  call business_policy(table_name, 'system', 'select', format('%s and (%s or %s)', may_read, readable, district));

  foreach role in array changers loop
    -- An update must find a record that the caller may read but not write. The trigger then refuses
    -- it with 403, not 404.
    reach := case role when 'bumdes' then readable when 'system' then format('%s and (%s or %s)', may_write, readable, district)
                       else 'true' end;
    lead := case role when 'bumdes' then in_scope when 'system' then format('%s and (%s or %s)', may_write, in_scope, district)
                      else 'true' end;
    call business_policy(table_name, role, 'update', reach, lead);
    if role = any (coalesce(creators, writers)) then
      call business_policy(table_name, role, 'insert', null, lead);
    end if;
  end loop;
end
$$;

-- Creates the triggers of a business table. The file of its noun calls this, because triggers need
-- functions.
--   resource     as for business_table()
--   personal     columns whose values stay out of the audit
-- The triggers of links and parts follow from the foreign keys.
create procedure business_triggers(table_name text, resource text default null, personal text[] default '{}')
language plpgsql as $$
#variable_conflict use_variable
declare
  noun      text := coalesce(resource, table_name);
  part_of   regclass := (select l.parent from links() l where l.child = table_name::regclass and l.kind = 'part');
  generated text[] := array(select attname from pg_attribute where attrelid = table_name::regclass and attgenerated <> '');
begin
  execute format('create trigger business_touch before insert or update on %I'
                 ' for each row execute function business_touch(%s)', table_name,
                 (select '''shared''' from pg_attribute where attrelid = table_name::regclass and attname = 'villages'));
  if exists (select from resource r where r.name = noun and r.workflow is not null) then
    execute format('create trigger business_workflow before insert or update on %I'
                   ' for each row execute function business_workflow(%L, %L)', table_name, noun,
                   generated || array['status', 'status_note', 'deleted_at', 'version', 'updated_at', 'updated_by', 'writers',
                                      'submitted_by', 'verified_at', 'verified_by']);
  end if;
  if exists (select from pg_attribute where attrelid = table_name::regclass and attname = 'villages_waiting') then
    execute format('create trigger villages before insert or update on %I'
                   ' for each row when (cardinality(new.villages || new.villages_waiting) > 1)'
                   ' execute function business_villages()', table_name);
  end if;
  if part_of is not null then
    execute format('create trigger part_written after insert or update on %I'
                   ' for each row execute function part_written(%L)', table_name, part_of);
  end if;
  call link_triggers(table_name);
  if exists (select from personal_data k where k.table_name = table_name) then
    call personal_triggers(table_name);
  end if;
  call audit_table(table_name, noun, personal);
end
$$;
