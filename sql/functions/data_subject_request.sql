-- Requests of persons about their data (UU 27/2022).

call business_triggers('data_subject_request', personal => '{details}');

-- The law allows 3 x 24 hours from the receipt. A client states the receipt, but nobody gets longer
-- than from the time when the service wrote the request down.
create function data_subject_request_due() returns trigger
language plpgsql as $$
begin
  new.due_at := least(new.received_at, new.created_at) + interval '72 hours';
  return new;
end
$$;

create trigger due before insert or update on data_subject_request
   for each row execute function data_subject_request_due();

create function violations(r data_subject_request) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(r.village_code)
             union all
            values
        ('/umkm_id', 'one_subject', num_nonnulls(r.umkm_id, r.buyer_id, r.session_id) <> 1),
        -- The record may be deleted later.
        ('/umkm_id', 'exists', r.version = 1 and r.umkm_id is not null
           and not exists (select from umkm u where u.id = r.umkm_id and u.deleted_at is null)),
        ('/buyer_id', 'exists', r.version = 1 and r.buyer_id is not null
           and not exists (select from buyer b where b.id = r.buyer_id and b.deleted_at is null)),
        ('/session_id', 'exists', r.version = 1 and r.session_id is not null
           and not exists (select from mentoring_session s where s.id = r.session_id and s.deleted_at is null)),
        ('/received_at', 'future', r.received_at > r.created_at)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on data_subject_request
   for each row execute function refuse_violations();

-- The request follows its UMKM to another village. This is no step of the workflow.
create function data_subject_request_follow() returns trigger
language plpgsql as $$
begin
  perform set_config('app.applies', new.id::text, true);
  return new;
end
$$;

-- This runs before the workflow, because triggers run in the order of their names.
create trigger business_follow before update on data_subject_request
   for each row when (new.village_code <> old.village_code) execute function data_subject_request_follow();

-- The personal record that a request is about, as personal_record and personal_read name it.
create function data_subject_request_about(r data_subject_request, out resource text, out record_id uuid)
language sql stable as $$
  select a.resource, a.record_id
    from (values ('umkm_owner', r.umkm_id), ('buyer', r.buyer_id), ('mentoring_session', r.session_id)) a (resource, record_id)
   where a.record_id is not null
$$;

-- Refuses `done` if the stored data shows that the granted request was not carried out. Reads count
-- if they name the request. A deleted record passes, because its person is already forgotten.
create function data_subject_request_done() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about record := data_subject_request_about(new);
  done  boolean := case new.kind
    when 'access' then exists (select
                                 from personal_read l
                                where l.data_subject_request_id = new.id
                                  and (l.resource, l.record_id) = (about.resource, about.record_id))
    when 'erasure' then case
      when new.umkm_id is null then not exists (select
                                                  from personal_record p
                                                 where (p.resource, p.record_id) = (about.resource, about.record_id))
      else exists (select from umkm_owner o where o.id = new.umkm_id and o.erased_at >= new.verified_at)
    end
    when 'restriction' then exists (select from umkm_consent c where c.id = new.umkm_id and c.processing_restricted)
    when 'withdrawal' then exists (select from umkm_consent c where c.id = new.umkm_id and c.withdrawn_on is not null)
    else true
  end;
begin
  if not done and exists (select from umkm u where u.id = new.umkm_id and u.deleted_at is null
                           union all
                          select from buyer b where b.id = new.buyer_id and b.deleted_at is null
                           union all
                          select from mentoring_session s where s.id = new.session_id and s.deleted_at is null) then
    perform refuse('state_conflict', violation('/kind', 'not_carried_out'));
  end if;
  return new;
end
$$;

create trigger done before update on data_subject_request
   for each row when (new.status = 'done' and old.status <> 'done') execute function data_subject_request_done();

create function data_subject_request_row(r data_subject_request, expand text[] default null)
returns table (id uuid, kind text, umkm_id uuid, buyer_id uuid, session_id uuid, details text,
  received_at timestamptz, due_at timestamptz, overdue boolean, decided_at timestamptz, decided_by uuid, village_code text,
  district_code text, umkm json, status text, status_note text, allowed_actions json, version integer, source text,
  created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select r.id, r.kind, r.umkm_id, r.buyer_id, r.session_id, r.details, r.received_at, r.due_at,
         r.status in ('received', 'granted') and r.due_at < now(), r.verified_at, r.verified_by, r.village_code, r.district_code,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(r.umkm_id) b) end,
         r.status, r.status_note, a.allowed_actions, r.version, r.source, r.created_at, r.created_by, r.updated_at, r.updated_by
    from allowed_actions('data_subject_request', r.status, r.writers, r.village_code) a
$$;

grant execute on function
  data_subject_request_about(data_subject_request), violations(data_subject_request), data_subject_request_row(data_subject_request, text[])
  to ovop_api;

call list_rows('data_subject_request');
