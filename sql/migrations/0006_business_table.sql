-- One call makes a table a business table: its common columns, constraints, policies, grants, triggers and audit.

-- The system a record came from; a client cannot say it.
create function claim_source() returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if claim_role() = 'system' then
    return (select a.client_id from service_account a where a.id = claim_subject());
  end if;
  return 'manual';
end
$$;

-- The owner at work (migrations, seeds) has no claims and sets what it likes. An API role without claims is a fault.
create function claims_given() returns boolean
language plpgsql stable as $$
begin
  if claim_role() is not null then
    return true;
  end if;
  if current_user in ('ovop_public', 'ovop_bumdes', 'ovop_dinas', 'ovop_bupati', 'ovop_system', 'ovop_admin') then
    perform refuse('forbidden');
  end if;
  return false;
end
$$;

-- Whatever a statement says of these columns, they become what is true.
create function business_touch() returns trigger
language plpgsql as $$
begin
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
  if claims_given() and not claim_everywhere() and old.village_code = any (claim_villages()) is not true then
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

-- Holds every change against workflow_transition. Arguments: the resource, and the columns a transition may change.
-- app.applies names a record whose change was decided elsewhere: by the check of a change request, with another record, or with a
-- part of it.
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

  if not claims_given() or current_setting('app.applies', true) = new.id::text then
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
  if step is null or step.action <> 'update' and patch <> '{}' then
    perform refuse('state_conflict');
  end if;
  if claim_role() = any (step_roles(rule, step)) is not true then
    perform refuse('forbidden');
  end if;
  if step.decides and claim_subject() = any (change_writers(old.writers, was)) then
    perform refuse('forbidden', violation('/status', 'verifier_wrote'));
  end if;
  if step.needs_note
     and coalesce(trim(case step.change_request when 'closes' then asked.note else new.status_note end), '') = '' then
    perform refuse('validation_failed', violation('/note', 'required'));
  end if;

  if step.change_request = 'opens' then
    if patch = '{}' then
      return old;
    end if;
    perform change_check(tg_table_name, old.id, patch);
    asked := row(uuid_v7(), 'open', patch, null, now(), claim_subject(), null, null);
    new := jsonb_populate_record(old, jsonb_build_object('version', new.version, 'updated_at', new.updated_at,
                                                         'updated_by', new.updated_by, 'change_request', asked));
  elsif step.change_request = 'closes' then
    asked.status := case asked.status when 'verify' then 'verified' when 'reject' then 'rejected' else 'withdrawn' end;
    asked.decided_at := now();
    asked.decided_by := claim_subject();
    if step.verifies then  -- the values are the record's own from now on
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
  if step.action = 'update' or step.change_request = 'closes' then
    new.status_note := old.status_note;
  end if;
  return new;
end
$$;

-- Who writes a part of a record has written the record, and its version grows: who verifies it has read what is verified.
-- Arguments: the record's table, and which column of the part names the record, where it is not the id they share. A definer, because a consent may just have hidden the record from its writer.
create function part_written() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  record_id uuid := to_jsonb(new) ->> coalesce(tg_argv[1], 'id');
begin
  if not claims_given() or tg_op = 'UPDATE' and new.village_code <> old.village_code then  -- it follows its record
    return null;
  end if;

  perform set_config('app.applies', record_id::text, true);
  execute format('update %I set writers = array(select unnest(writers) union select claim_subject())'
                 ' where id = $1 and deleted_at is null', tg_argv[0]) using record_id;
  perform set_config('app.applies', '', true);
  return null;
end
$$;

-- What belongs where a UMKM or a product does goes along when that moves to other villages or another maker. Arguments: its
-- table, the column that names the one it follows, and the column for the UMKM. A definer, because who decides the move may not
-- write there; app.applies: it is no change of the record.
create function follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moved jsonb := to_jsonb(new);
  one   uuid;
begin
  for one in execute format('select id from %I where %I = $1 and deleted_at is null order by id', tg_argv[0], tg_argv[1])
             using new.id loop
    perform set_config('app.applies', one::text, true);
    execute format('update %I set village_code = $1, villages = $2, %I = $3 where id = $4', tg_argv[0], tg_argv[2])
      using new.village_code, coalesce(jsonb_texts(moved -> 'villages'), array[new.village_code]),
            case when moved ? 'umkm_id' then (moved ->> 'umkm_id')::uuid else new.id end, one;
  end loop;
  perform set_config('app.applies', '', true);
  return null;
end
$$;

-- What is referred to is not deleted, also where what refers to it is not the caller's to see. Arguments: the table that refers
-- to it, and by which column.
create function refuse_in_use() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  used boolean;
begin
  execute format('select exists (select from %I where %s and deleted_at is null)', tg_argv[0],
                 format(case when tg_argv[1] like '%\_ids' then '%I @> array[$1]' else '%I = $1' end, tg_argv[1]))
     into used using new.id;
  if used then
    perform refuse('state_conflict', violation('/id', 'in_use'));
  end if;
  return new;
end
$$;

-- One policy for one role and command, with the grant it needs; it replaces what stood there.
create procedure business_policy(table_name text, role text, command text, reads text default null, writes text default null)
language plpgsql set client_min_messages = warning as $$
begin
  execute format('drop policy if exists %I on %I', role || '_' || command, table_name);
  execute format('create policy %I on %I for %s to %I', role || '_' || command, table_name, command, 'ovop_' || role)
          || coalesce(' using (' || reads || ')', '') || coalesce(' with check (' || writes || ')', '');
  execute format('grant %s on %I to %I', command, table_name, 'ovop_' || role);
end
$$;

-- business_table('umkm') does all of it for a table that has its own columns already. May be called again after a migration
-- that adds a generated or personal column.
--   resource     its name in the workflow, the audit and allowed_actions; the table's when null
--   write_scope  what a service account needs to write
--   shared       the table's column villages says who reads; village_code, the lead among them, who writes
--   district_wide   village_code may be null: the record is the whole district's, which every village reads
--   personal     columns whose values stay out of the audit
--   workflow     null: it has none, and no status
--   writers, deciders   roles, see table resource
--   creators     roles that make a record, where not all writers do
--   part_of      the table whose records these are parts of, under the same id
create procedure business_table(
  table_name  text,
  resource    text default null,
  write_scope text default 'register:write',
  shared      boolean default false,
  district_wide boolean default false,
  personal    text[] default '{}',
  workflow    text default 'published',
  writers     text[] default '{bumdes,dinas,system}',
  deciders    text[] default '{dinas}',
  creators    text[] default null,
  part_of     text default null)
language plpgsql set client_min_messages = warning as $$
#variable_conflict use_variable
declare
  noun      text := coalesce(resource, table_name);
  generated text[] := array(select attname from pg_attribute where attrelid = table_name::regclass and attgenerated <> '');
  changers  text[] := array(select unnest(writers || deciders || creators)
                             union
                            select unnest(t.roles) from workflow_transition t where t.workflow = workflow);
  in_scope  text := 'village_code = any ((select claim_villages())::text[])';
  readable  text := case
                      when shared then 'villages && (select claim_villages())::text[]'
                      when district_wide then format('(village_code is null or %s)', in_scope)
                      else in_scope
                    end;
  -- What a system may ask for at all the contract says. A report reads what a list does, but no parts of records.
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

  execute format('create or replace trigger business_touch before insert or update on %I'
                 ' for each row execute function business_touch()', table_name);

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
    execute format('create or replace trigger business_workflow before insert or update on %I'
                   ' for each row execute function business_workflow(%L, %L)', table_name, noun,
                   generated || array['status', 'status_note', 'deleted_at', 'version', 'updated_at', 'updated_by', 'writers',
                                      'submitted_by', 'verified_at', 'verified_by']);
  end if;

  if exists (select from workflow_transition t where t.workflow = workflow and t.change_request = 'opens') then
    execute format('alter table %I add column if not exists change_request change_request', table_name);
  end if;

  if part_of is not null then
    execute format('create or replace trigger part_written after insert or update on %I'
                   ' for each row execute function part_written(%L)', table_name, part_of);
  end if;

  call audit_table(table_name, noun, personal);
  call force_policies(table_name);

  -- The Dinas and the Bupati's office read all; villages and systems what is in their scope.
  call business_policy(table_name, 'bumdes', 'select', readable);
  call business_policy(table_name, 'dinas', 'select', 'true');
  call business_policy(table_name, 'bupati', 'select', 'true');
  call business_policy(table_name, 'system', 'select', format('%s and (%s or %s)', may_read, readable, district));

  foreach role in array changers loop
    -- A record that may be read but not written is found by the update and refused by its trigger: 403, not 404.
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

grant execute on function claim_source(), claims_given() to ovop_api;
