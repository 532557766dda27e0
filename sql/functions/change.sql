-- The helpers of change requests. business_workflow() in business.sql keeps the values of a verified or
-- published record until another officer verifies the change.

-- The users who wrote what a decision is about: the record's writers, and the requester of an open
-- change.
create function change_writers(writers uuid[], request change_request) returns uuid[]
language sql immutable parallel safe as $$
  select writers || case (request).status when 'open' then (request).requested_by end
$$;

-- The request with a decision (`verify`, `reject`, `withdraw`), which business_workflow() then
-- carries out.
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

-- The request with one more member that waits for its decision, or without it (null). Without an open
-- request, a new one opens. A request that asks for nothing more is withdrawn.
create function change_with(request change_request, member text, value jsonb) returns change_request
language plpgsql stable as $$
begin
  if request.status is distinct from 'open' then
    if value is not null then
      request := row(uuid_v7(), 'open', jsonb_build_object(member, value), null, now(), claim_subject(), null, null);
    end if;
    return request;
  end if;

  request.patch := request.patch - member || jsonb_strip_nulls(jsonb_build_object(member, value));
  if request.patch = '{}' then
    request.status := 'withdrawn';
    request.decided_at := now();
    request.decided_by := claim_subject();
  end if;
  return request;
end
$$;

-- Makes a change and undoes it at once. So every rule and constraint is checked when the change is
-- requested.
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

-- The request after its record has moved from one village to another: it asks for the new village
-- instead of the old one. A request for another maker keeps its villages, which fit that maker.
create function change_moved(request change_request, was text, is_now text) returns change_request
language plpgsql immutable as $$
begin
  if request.status = 'open' and not request.patch ?| '{umkm_id,village_enterprise_id}' then
    request.patch := request.patch
      || case when request.patch ? 'village_code'
              then jsonb_build_object('village_code', (villages_moved(array[request.patch ->> 'village_code'], was, is_now))[1])
              else '{}' end
      || case when request.patch ? 'villages'
              then jsonb_build_object('villages', villages_moved(jsonb_texts(request.patch -> 'villages'), was, is_now))
              else '{}' end;
  end if;
  return request;
end
$$;

-- The open request, as its record shows it.
create function change_request_brief(request change_request) returns table (brief json)
language sql stable as $$
  select case when (request).status = 'open'
              then json_build_object('id', (request).id,
                                     'members', (select json_agg(k order by k) from jsonb_object_keys((request).patch) k),
                                     'requested_at', utc_text((request).requested_at), 'requested_by', (request).requested_by)
         end
$$;

-- The last request, beside the values of its record. The record's allowed_actions hold the actions
-- that the caller may take on the request:
--   from umkm u, umkm_row(u) r,
--        change_request_row(u.change_request, to_jsonb(u), r.allowed_actions) c
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
           where a.action in ('verify_change', 'reject_change', 'withdraw_change')),
         (request).requested_at, (request).requested_by, (request).decided_at, (request).decided_by
   where (request).id is not null
$$;

grant execute on function
  change_writers(uuid[], change_request), change_decided(text, text, change_request, text, text),
  change_check(text, uuid, jsonb), change_request_brief(change_request),
  change_request_row(change_request, jsonb, json)
  to ovop_api;
