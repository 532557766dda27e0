-- What the law gives those whose data is kept (UU 27/2022, articles 5-13, 31, 32, 40-43): to ask, and to be answered within three
-- days by somebody else than who wrote the request down; to see all of it; to be forgotten.

insert into workflow values ('request', 'received');

insert into workflow_transition (workflow, position, action, from_status, to_status, decides, verifies, needs_note)
values ('request', 1, 'update',   'received', 'received',  false, false, false),
       ('request', 2, 'grant',    'received', 'granted',   true,  true,  false),
       ('request', 3, 'refuse',   'received', 'refused',   true,  true,  true),
       ('request', 4, 'withdraw', 'received', 'withdrawn', false, false, true),
       ('request', 5, 'complete', 'granted',  'done',      false, false, false);

-- The subject is a UMKM's owner, a buyer's contact or a session's mentor.
create table data_subject_request (
  kind text not null constraint data_subject_request_kind__enum
    check (kind in ('access', 'correction', 'erasure', 'restriction', 'objection', 'withdrawal')),
  umkm_id uuid,
  buyer_id uuid constraint data_subject_request_buyer_id__exists references buyer (id),
  session_id uuid constraint data_subject_request_session_id__exists references mentoring_session (id),
  details text,
  received_at timestamptz(3) not null,
  due_at timestamptz(3) not null,
  village_code text not null constraint data_subject_request_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  constraint data_subject_request_umkm_id__exists foreign key (umkm_id, village_code) references umkm (id, village_code)
    on update cascade
);

call business_table('data_subject_request', workflow => 'request', writers => '{bumdes,dinas}', personal => '{details}');
call keep_personal('data_subject_request', '{"details": null}', 'umkm_id', 'updated_at');

create index on data_subject_request (due_at, id) where deleted_at is null;
create index on data_subject_request (due_at, id) where status in ('received', 'granted');
create index on data_subject_request (updated_at, id) where deleted_at is null;
create index on data_subject_request (village_code, due_at, id) where deleted_at is null;
create index on data_subject_request (district_code, due_at, id) where deleted_at is null;
create index on data_subject_request (status, due_at, id) where deleted_at is null;
create index on data_subject_request (kind, due_at, id) where deleted_at is null;
create index on data_subject_request (umkm_id, due_at, id) where deleted_at is null;
create index on data_subject_request (buyer_id) where deleted_at is null;
create index on data_subject_request (session_id) where deleted_at is null;

call restrict_processing('data_subject_request', 'umkm_id');
call restrict_processing('personal_record', 'umkm_id');
call restrict_processing('personal_read', 'record_id');

-- 3 x 24 hours from the receipt.
create function data_subject_request_due() returns trigger
language plpgsql as $$
begin
  new.due_at := new.received_at + interval '72 hours';
  return new;
end
$$;

create trigger due before insert or update on data_subject_request
   for each row execute function data_subject_request_due();

create function data_subject_request_violations(r data_subject_request) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(r.village_code)
             union all
            values
        ('/umkm_id', 'one_subject', num_nonnulls(r.umkm_id, r.buyer_id, r.session_id) <> 1),
        ('/received_at', 'future', r.received_at > now())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on data_subject_request
   for each row execute function refuse_violations();

-- It follows its UMKM to another village, which is no step of the request.
create function data_subject_request_follow() returns trigger
language plpgsql as $$
begin
  perform set_config('app.applies', new.id::text, true);
  return new;
end
$$;

-- Before the workflow: triggers run in the order of their names.
create trigger business_follow before update on data_subject_request
   for each row when (new.village_code <> old.village_code) execute function data_subject_request_follow();

-- Whether what was granted has been done, as far as one can see it in what is kept. Whose record was deleted is forgotten.
create function data_subject_request_done() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about uuid := coalesce(new.umkm_id, new.buyer_id, new.session_id);
  done  boolean := case new.kind
    when 'access' then exists (select
                                 from personal_read l
                                where l.record_id = about
                                  and l.operation in ('umkm_disclose', 'buyer_reveal', 'mentoring_mentor_reveal')
                                  and l.at >= new.received_at)
    when 'erasure' then case
      when new.umkm_id is null then not exists (select from personal_record p where p.record_id = about)
      else exists (select from umkm_owner o where o.id = about and o.erased_at >= new.verified_at)
    end
    when 'restriction' then exists (select from umkm_consent c where c.id = about and c.processing_restricted)
    when 'withdrawal' then exists (select from umkm_consent c where c.id = about and c.withdrawn_on is not null)
    else true
  end;
begin
  if not done and exists (select from umkm u where u.id = about and u.deleted_at is null
                           union all
                          select from buyer b where b.id = about and b.deleted_at is null
                           union all
                          select from mentoring_session s where s.id = about and s.deleted_at is null) then
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

create function personal_record_row(p personal_record)
returns table (id uuid, resource text, record_id uuid, umkm_id uuid, village_code text, district_code text, members json,
  legal_basis text, processing_restricted boolean, ended_on date, retention_until date)
language sql stable as $$
  select p.id, p.resource, p.record_id, p.umkm_id, p.village_code, p.district_code, to_json(p.members), c.legal_basis,
         c.processing_restricted is true, p.ended_on, p.retention_until
    from (select) one
         left join umkm_consent c on c.id = p.umkm_id
$$;

-- All that is kept of a UMKM's owner besides the sealed members: what for, since when and until when, who saw it, what was asked.
create function umkm_personal_data(u umkm)
returns table (contact_phone text, contact_whatsapp text, contact_email text, contact_links json, public_owner_name text,
  evidence text, legal_basis text, given_on date, withdrawn_on date, processing_restricted boolean, retention_until date,
  erased_at timestamptz, consents json, requests json, reads json, elsewhere json)
language sql stable as $$
  select u.contact_phone, u.contact_whatsapp, u.contact_email, to_json(u.contact_links), c.public_owner_name, c.evidence,
         c.legal_basis, c.given_on, c.withdrawn_on, c.processing_restricted is true,
         (select p.retention_until from personal_record p where p.resource = 'umkm_owner' and p.record_id = u.id), o.erased_at,
         (select coalesce(json_agg(json_build_object('id', h.id, 'at', utc_text(h.at), 'resource', 'umkm_consent', 'action',
                                                     h.action, 'subject', h.subject, 'role', h.role, 'request_id', h.request_id,
                                                     'changes', h.changes) order by h.id desc), '[]')
            from (select * from record_history('umkm_consent', u.id::text) h order by h.id desc limit 1000) h),
         (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'status', r.status, 'received_at',
                                                     utc_text(r.received_at), 'decided_at', utc_text(r.verified_at))
                                   order by r.received_at desc, r.id), '[]')
            from (select *
                    from data_subject_request r
                   where r.umkm_id = u.id and r.deleted_at is null
                   order by r.received_at desc limit 1000) r),
         (select coalesce(json_agg(json_build_object('id', l.id, 'at', utc_text(l.at), 'subject', l.subject, 'role', l.role,
                                                     'operation', l.operation, 'members', l.members, 'purpose', l.purpose,
                                                     'request_id', l.request_id) order by l.id desc), '[]')
            from (select * from personal_reads('umkm_owner', u.id) l order by l.id desc limit 1000) l),
         (select coalesce(json_agg(json_build_object('id', p.id, 'resource', p.resource, 'record_id', p.record_id, 'village_code',
                                                     p.village_code, 'members', p.members) order by p.resource, p.record_id), '[]')
            from (select *
                    from personal_record p
                   where p.hashes && array[(o.nik).hash, (o.npwp).hash, (o.phone).hash]
                     and p.record_id <> u.id
                   limit 1000) p)
    from (select) one
         left join umkm_owner o on o.id = u.id
         left join umkm_consent c on c.id = u.id
$$;

-- Empties what is kept of a UMKM's owner and, where that is a person's, the business contact and other records of the person; the
-- business and its figures stay. Two officers stand behind it: who granted the request is not who wrote it down. So no other records
-- go than those with the same NIK, NPWP or phone.
create function umkm_erase(u umkm, business_contact boolean, others uuid[], ground text)
returns table (id uuid, erased_at timestamptz, erased_by uuid, note text, records json)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  request data_subject_request;
  moment  timestamptz(3) := now();
begin
  select * into request
    from data_subject_request r
   where r.umkm_id = u.id and r.kind = 'erasure' and r.status = 'granted'
   order by r.id limit 1 for update;
  if request.id is null then
    perform refuse('state_conflict', violation('', 'not_granted'));
  end if;
  if exists (select
               from unnest(others) t (id)
                    left join personal_record p on p.id = t.id
                    left join umkm_owner o on o.id = u.id
              where (p.umkm_id = u.id
                     or p.umkm_id is null and p.hashes && array[(o.nik).hash, (o.npwp).hash, (o.phone).hash]) is not true) then
    perform refuse('validation_failed', violation('/others', 'exists'));
  end if;

  perform set_config('app.forgets', 'on', true);
  insert into umkm_owner as o (id, village_code, erased_at, erased_by, erasure_note)
  values (u.id, u.village_code, moment, claim_subject(), ground)
      on conflict on constraint umkm_owner_id__unique do update
     set erased_at = excluded.erased_at, erased_by = excluded.erased_by, erasure_note = excluded.erasure_note;

  return query
    with gone as (
         select p.resource, p.record_id, forget_record(p.resource, p.record_id) as members
           from (select *
                   from personal_record p
                  where p.umkm_id = u.id and (p.resource <> 'umkm' or business_contact)
                     or p.id = any (others)
                  order by p.id) p)
  select u.id, moment, claim_subject(), ground,
         (select coalesce(json_agg(json_build_object('resource', g.resource, 'record_id', g.record_id, 'members', g.members)),
                          '[]')
            from gone g);
  perform set_config('app.forgets', '', true);
  update data_subject_request r set status = 'done' where r.id = request.id;
end
$$;

grant execute on function
  data_subject_request_violations(data_subject_request), data_subject_request_row(data_subject_request, text[])
  to ovop_api;
grant execute on function personal_record_row(personal_record), umkm_personal_data(umkm), umkm_erase(umkm, boolean, uuid[], text)
  to ovop_dinas;
