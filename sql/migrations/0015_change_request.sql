-- Change requests: what is verified or published keeps its value until the change of it has been verified, too.

-- A record's last change request. It lives in the record's own row: so there is one at most, the record's version covers it, and
-- whoever reads and writes the record reads and writes it.
create type change_request as (
  id           uuid,
  status       text,   -- open, verified, rejected, withdrawn
  patch        jsonb,  -- member -> the value asked for
  note         text,
  requested_at timestamptz(3),
  requested_by uuid,
  decided_at   timestamptz(3),
  decided_by   uuid
);

-- `opens`: an update is not made but asked for. `closes`: it decides the open request, and while there is one nothing else is
-- possible.
alter table workflow_transition
  add column change_request text check (change_request in ('opens', 'closes')),
  drop constraint workflow_transition_workflow_from_status_to_status_key;

create unique index on workflow_transition (workflow, from_status, to_status) where change_request is distinct from 'closes';

create or replace function workflow_map_derive() returns trigger
language plpgsql as $$
begin
  delete from workflow_map;
  insert into workflow_map
  select m.name, m.role, case m.role when 'system' then m.write_scope end, jsonb_object_agg(m.status, m.actions)
    from (select r.name, r.write_scope, may.role, t.from_status || o.suffix || w.suffix as status,
                 jsonb_agg(t.action order by t.position) as actions
            from resource r
                 join workflow_transition t on t.workflow = r.workflow
                 cross join unnest(case when t.decides then r.deciders else r.writers end) may (role)
                 cross join (values ('', false), (' open', true)) o (suffix, open)
                 cross join (values ('', false), (' wrote', true)) w (suffix, wrote)
           where not (t.decides and w.wrote)
             and (t.change_request is not distinct from 'closes') = o.open
           group by r.name, may.role, 4) m
   group by m.name, m.role, m.write_scope;
  return null;
end
$$;

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

-- As before, and of an open change request what decides it:
--   from allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
drop function allowed_actions(text, text, uuid[], text);

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
                                       || case when (select claim_subject()) = any (writers) then ' wrote' else '' end),
                            '[]')::json
              else '[]'
         end
$$;

-- The request with a decision (`verify`, `reject`, `withdraw`) on it, which business_workflow() carries out.
create function change_decided(resource text, status text, request change_request, decision text, note text)
returns change_request
language plpgsql stable as $$
begin
  perform workflow_target(resource, status, decision || '_change');
  if (request).status is distinct from 'open' then
    perform refuse('state_conflict');
  end if;

  request.status := decision;
  request.note := note;
  return request;
end
$$;

-- Holds every change against workflow_transition. Arguments: the resource, and the columns a transition may change.
-- app.applies names a record whose change was decided elsewhere: by the check of a change request, or with another record.
create or replace function business_workflow() returns trigger
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
  if claim_role() = any (case when step.decides then rule.deciders else rule.writers end) is not true then
    perform refuse('forbidden');
  end if;
  if step.decides and claim_subject() = any (old.writers) then
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
                   when step.verifies or step.change_request = 'closes' then '{}'
                   when step.action = 'update' then array(select unnest(old.writers) union select claim_subject())
                   else old.writers
                 end;
  if step.action = 'update' or step.change_request = 'closes' then
    new.status_note := old.status_note;
  end if;
  return new;
end
$$;

-- Makes a change and takes it back at once, so that every rule and constraint speaks when a change is asked for.
create function change_check(table_name text, id uuid, patch jsonb) returns void
language plpgsql as $$
declare
  columns text := (select string_agg(quote_ident(k), ', ') from jsonb_object_keys(patch) k);
begin
  perform set_config('app.applies', id::text, true);
  execute format('update %1$I t set (%2$s) = (select %2$s from jsonb_populate_record(t, $1)) where t.id = $2',
                 table_name, columns)
    using patch, id;
  raise exception using errcode = 'PT001';
exception when sqlstate 'PT001' then
  null;
end
$$;

-- As before, and says of a change request which members it would change: from the present value to the one asked for.
create or replace function audit_row() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was     jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
  is_now  jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
  whole   jsonb := case when tg_op = 'DELETE' then was else is_now end;
  hidden  text[] := tg_argv[2]::text[] || array['change_request'];
  request jsonb := is_now -> 'change_request';
  changes jsonb;
  action  text;
begin
  if was = is_now then
    return null;
  end if;
  if request ->> 'status' is not distinct from was #>> '{change_request,status}' then
    request := null;
  end if;

  select coalesce(jsonb_object_agg(c.key, case when c.key <> all (tg_argv[1]::text[])
                                               then jsonb_build_array(c.was, c.is_now) end), '{}')
    into changes
    from (select coalesce(n.key, o.key), o.value, n.value
            from jsonb_each(was - hidden) o
                 full join jsonb_each(is_now - hidden) n on n.key = o.key
           where coalesce(n.value, 'null') <> coalesce(o.value, 'null')
           union all
          select p.key, is_now -> p.key, p.value
            from jsonb_each(request -> 'patch') p
           where request ->> 'status' <> 'verified'
           union all
          select 'note', null, request -> 'note'
           where request ->> 'note' is not null) c (key, was, is_now);

  action := case
              when request is not null then case request ->> 'status'
                                              when 'open' then 'request_change'
                                              when 'verified' then 'verify_change'
                                              when 'rejected' then 'reject_change'
                                              else 'withdraw_change'
                                            end
              when tg_op = 'INSERT' then 'create'
              when tg_op = 'DELETE' or changes ? 'deleted_at' then 'delete'
              when changes ? 'status' then (select t.action
                                              from resource r
                                                   join workflow_transition t on t.workflow = r.workflow
                                             where r.name = tg_argv[0]
                                               and t.from_status = was ->> 'status'
                                               and t.to_status = is_now ->> 'status')
            end;

  perform audit_write(
    tg_argv[0],
    coalesce(whole ->> 'id', whole ->> 'code'),
    -- The villages of an account are its scope: they make nobody a reader of its entries.
    case when whole ? 'village_code' then coalesce(jsonb_texts(whole -> 'villages'), array[whole ->> 'village_code']) end,
    coalesce(action, 'update'),
    changes - 'deleted_at');
  return null;
end
$$;

-- As before, or of one member only: who changed it, when, from what.
drop function record_history(text, text);

create function record_history(resource text, record_id text, member text default null)
returns table (id bigint, at timestamptz(3), subject uuid, role text, action text, request_id text, changes json)
language sql stable as $$
  select l.id, l.at, l.subject, l.role, l.action, l.request_id,
         (select coalesce(json_agg(json_build_object('member', c.key, 'old', c.value ->> 0, 'new', c.value ->> 1,
                                                     'personal', c.value = 'null') order by c.key), '[]')
            from jsonb_each(l.changes) c
           where record_history.member is null
              or c.key = record_history.member)
    from audit_log l
   where l.resource = record_history.resource
     and l.record_id = record_history.record_id
     and (record_history.member is null or l.changes ? record_history.member)
$$;

-- The open request as its record shows it.
create function change_request_brief(request change_request) returns table (brief json)
language sql stable as $$
  select case when (request).status = 'open'
              then json_build_object('id', (request).id,
                                     'members', (select json_agg(k order by k) from jsonb_object_keys((request).patch) k),
                                     'requested_at', utc_text((request).requested_at), 'requested_by', (request).requested_by)
         end
$$;

-- The last request against its record, whose allowed_actions hold what the caller may do with it:
--   from umkm u, umkm_row(u) r, change_request_row(u.change_request, to_jsonb(u), r.allowed_actions) c
create function change_request_row(request change_request, record jsonb, actions json)
returns table (id uuid, status text, note text, changes json, allowed_actions json, requested_at timestamptz, requested_by uuid,
  decided_at timestamptz, decided_by uuid)
language sql stable as $$
  select (request).id, (request).status, (request).note,
         (select coalesce(json_agg(json_build_object('member', p.key, 'old', record ->> p.key, 'new', p.value #>> '{}')
                                   order by p.key), '[]')
            from jsonb_each((request).patch) p),
         (select coalesce(json_agg(replace(a.action, '_change', '') order by a.place), '[]')
            from json_array_elements_text(actions) with ordinality a (action, place)
           where a.action like '%\_change'),
         (request).requested_at, (request).requested_by, (request).decided_at, (request).decided_by
   where (request).id is not null
$$;

grant execute on function
  allowed_actions(text, text, uuid[], text, change_request), change_decided(text, text, change_request, text, text),
  change_check(text, uuid, jsonb), record_history(text, text, text), change_request_brief(change_request),
  change_request_row(change_request, jsonb, json)
  to ovop_api;

-- business_table() as before, and a workflow whose updates open change requests gives the table its column.
alter procedure business_table(text, text, text, boolean, text[], text, text[], text[]) rename to business_table_0005;

create procedure business_table(
  table_name  text,
  resource    text default null,
  write_scope text default 'register:write',
  shared      boolean default false,
  personal    text[] default '{}',
  workflow    text default 'published',
  writers     text[] default '{bumdes,dinas,system}',
  deciders    text[] default '{dinas}')
language plpgsql set client_min_messages = warning as $$
#variable_conflict use_variable
begin
  call business_table_0005(table_name, resource, write_scope, shared, personal, workflow, writers, deciders);
  if exists (select from workflow_transition t where t.workflow = workflow and t.change_request = 'opens') then
    execute format('alter table %I add column if not exists change_request change_request', table_name);
  end if;
end
$$;

call business_table('umkm', personal => '{contact_phone,contact_whatsapp,contact_email,contact_links}');
call business_table('village_enterprise', shared => true);

create index on umkm (name, id) where (change_request).status = 'open' and deleted_at is null;
create index on umkm (updated_at, id) where (change_request).status = 'open' and deleted_at is null;

drop function umkm_row(umkm, text[]);

create function umkm_row(u umkm, expand text[] default null)
returns table (id uuid, name text, nib text, external_reference text, kbli_code text, kbli_edition text, legal_form text,
  founded_on date, village_code text, district_code text, workers_male integer, workers_female integer, workers_disabled integer,
  workers_total integer, capital_idr bigint, annual_sales_idr bigint, annual_sales_year integer, size_class text,
  size_class_reported text, size_class_computed text, size_class_basis text, village_enterprise_id uuid, contact_phone text,
  contact_whatsapp text, contact_email text, contact_links json, village json, village_enterprise json, warnings json,
  status text, status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamptz,
  created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select u.id, u.name, u.nib, u.external_reference, u.kbli_code, u.kbli_edition, u.legal_form, u.founded_on,
         u.village_code, u.district_code, u.workers_male, u.workers_female, u.workers_disabled, u.workers_total,
         u.capital_idr, u.annual_sales_idr, u.annual_sales_year,
         u.size_class, u.size_class_reported, u.size_class_computed, u.size_class_basis, u.village_enterprise_id,
         u.contact_phone, u.contact_whatsapp, u.contact_email, to_json(u.contact_links),
         case when 'village' = any (expand) then (select b.brief from village_brief(u.village_code) b) end,
         case when 'village_enterprise' = any (expand)
              then (select json_build_object('id', e.id, 'name', e.name, 'kind', e.kind, 'village_code', e.village_code)
                      from village_enterprise e
                     where e.id = u.village_enterprise_id) end,
         w.warnings, u.status, u.status_note, c.brief, a.allowed_actions, u.version, u.source,
         u.created_at, u.created_by, u.updated_at, u.updated_by, u.verified_at, u.verified_by
    from umkm_warnings(u) w, change_request_brief(u.change_request) c,
         allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
$$;

drop function village_enterprise_row(village_enterprise, text[]);

create function village_enterprise_row(e village_enterprise, expand text[] default null)
returns table (id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text,
  rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on, to_json(e.unit_businesses), e.rank, e.rank_year,
         e.village_code, to_json(e.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         case when exists (select from village v where v.code = any (e.villages) and v.kind <> 'desa')
              then '[{"pointer": "/villages", "code": "desa_only"}]' else '[]' end::json,
         e.status, e.status_note, c.brief, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from change_request_brief(e.change_request) c,
         allowed_actions('village_enterprise', e.status, e.writers, e.village_code, e.change_request) a
$$;

grant execute on function umkm_row(umkm, text[]), village_enterprise_row(village_enterprise, text[]) to ovop_api;
