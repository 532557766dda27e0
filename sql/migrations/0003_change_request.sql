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

-- Who wrote what a decision would be about: the record's writers, and whoever asks for the change.
create function change_writers(writers uuid[], request change_request) returns uuid[]
language sql immutable parallel safe as $$
  select writers || case (request).status when 'open' then (request).requested_by end
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
  change_writers(uuid[], change_request), change_decided(text, text, change_request, text, text), change_check(text, uuid, jsonb),
  change_request_brief(change_request), change_request_row(change_request, jsonb, json)
  to ovop_api;
