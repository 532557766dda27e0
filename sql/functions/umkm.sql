-- UMKM, their owners and their consents.

call business_triggers('umkm', personal => '{contact_phone,contact_whatsapp,contact_email,contact_links}');

create function violations(u umkm) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(u.village_code)
             union all
            select * from name_rules('/name', u.name)
             union all
            values
        ('/kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
        ('/founded_on', 'future', u.founded_on > today()),
        ('/annual_sales_year', 'future', u.annual_sales_year > extract(year from today())),
        ('/workers_disabled', 'more_than_workers', u.workers_disabled > u.workers_male + u.workers_female),
        ('/village_enterprise_id', 'exists', u.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = u.village_enterprise_id and e.deleted_at is null and u.village_code = any (e.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on umkm for each row execute function refuse_violations();
create trigger violations_unique before insert or update on umkm for each row execute function refuse_duplicates();

-- Values that are allowed but probably wrong.
create function umkm_warnings(u umkm) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (select * from reference_warnings('kbli', '', u.kbli_code, u.kbli_edition)
           union all
          values
      ('/size_class_reported', 'size_class_differs', u.size_class_computed <> u.size_class_reported),
      ('/size_class_reported', 'too_large_for_umkm', u.size_class = 'besar'),
      ('/nib', 'placeholder', number_placeholder(u.nib)),
      ('/founded_on', 'implausible', u.founded_on < '1900-01-01'),
      ('/annual_sales_year', 'before_founding', u.annual_sales_year < extract(year from u.founded_on)),
      ('/workers_male', 'implausible', u.workers_male > 500),
      ('/workers_female', 'implausible', u.workers_female > 500),
      ('/capital_idr', 'implausible', u.capital_idr between 1 and 99999 or u.capital_idr > 1000000000000),
      ('/annual_sales_idr', 'implausible', u.annual_sales_idr between 1 and 99999 or u.annual_sales_idr > 1000000000000),
      ('/contact_phone', 'phone_format', u.contact_phone !~ '^[+]62[0-9]{7,13}$'),
      ('/contact_whatsapp', 'mobile_format', u.contact_whatsapp ~ '^[+]62' and u.contact_whatsapp !~ '^[+]628[1-9][0-9]{7,10}$')
    ) as rule (pointer, code, doubtful)
$$;

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
    from umkm_warnings(u) v, duplicate_warnings(u, v.warnings) w, change_request_brief(u.change_request) c,
         allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
$$;

-- The short form that `expand` puts into other records.
create function umkm_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', u.id, 'name', u.name, 'village_code', u.village_code, 'status', u.status)
    from umkm u
   where u.id = umkm_brief.id
$$;

call business_triggers('umkm_owner', personal => '{name,nik,npwp,phone,address}');

call business_triggers('umkm_consent', personal => '{public_owner_name,evidence}');

create function violations(c umkm_consent) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/given_on', 'required', c.given_on is null
                                  and (c.contact_public or num_nonnulls(c.public_owner_name, c.withdrawn_on) > 0)),
        ('/given_on', 'future', c.given_on > today()),
        ('/withdrawn_on', 'future', c.withdrawn_on > today()),
        ('/withdrawn_on', 'before_start', c.withdrawn_on < c.given_on),
        ('/contact_public', 'withdrawn', c.withdrawn_on is not null and c.contact_public),
        ('/public_owner_name', 'withdrawn', num_nonnulls(c.withdrawn_on, c.public_owner_name) = 2)
       union all
      select * from name_rules('/public_owner_name', c.public_owner_name, of_person => true)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on umkm_consent for each row execute function refuse_violations();

-- The public sees only what a second officer has approved. A changed value waits again, and a
-- withdrawn one is gone at once.
create function umkm_consent_changed() returns trigger
language plpgsql as $$
begin
  if claims_given() and current_setting('app.applies', true) is distinct from new.id::text then
    new.owner_name_approved := coalesce(old.owner_name_approved and new.public_owner_name = old.public_owner_name, false);
    new.contact_approved := coalesce(old.contact_approved and new.contact_public, false);
  end if;
  return new;
end
$$;

create trigger changed before insert or update on umkm_consent for each row execute function umkm_consent_changed();

-- The members that the public would see, but that nobody has approved.
create function umkm_consent_waiting(c umkm_consent) returns text[]
language sql immutable as $$
  select array_remove(array[
           case when c.public_owner_name is not null and not c.owner_name_approved then 'public_owner_name' end,
           case when c.contact_public and not c.contact_approved then 'contact_public' end], null)
$$;

-- A verified or published UMKM asks for the approval by its change request, which another officer
-- decides. Otherwise the verification of the UMKM approves the consent. A definer, because a consent
-- may have just hidden the UMKM from its writer.
create function umkm_consent_asks() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waiting text[] := umkm_consent_waiting(new);
begin
  if not claims_given() then
    return null;
  end if;

  perform set_config('app.applies', new.id::text, true);
  update umkm u
     set change_request = change_with(u.change_request, 'consent', to_jsonb(nullif(waiting, '{}')))
   where u.id = new.id
     and u.deleted_at is null
     and (u.status in ('verified', 'published') and waiting <> '{}'
          or (u.change_request).status = 'open' and (u.change_request).patch ? 'consent');
  perform set_config('app.applies', '', true);
  return null;
end
$$;

create trigger waits after insert or update on umkm_consent for each row execute function umkm_consent_asks();

-- Approves the consent as it is now: with the UMKM, or with the change request that asks for it. A
-- definer, because only this decision may approve it.
create function umkm_consent_approve() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.status <> new.status or (old.change_request).patch ? 'consent' then
    perform set_config('app.applies', new.id::text, true);
    update umkm_consent c
       set owner_name_approved = c.public_owner_name is not null, contact_approved = c.contact_public
     where c.id = new.id
       and umkm_consent_waiting(c) <> '{}';
    perform set_config('app.applies', '', true);
  end if;
  return null;
end
$$;

create trigger consent_approved after update on umkm
   for each row when (new.verified_at is distinct from old.verified_at) execute function umkm_consent_approve();

-- The day on which the need for an owner's data ended: the earliest of three. They are the deletion
-- of the UMKM, the last change of an archived one, and the withdrawal of the consent, if that is the
-- legal basis.
create function umkm_ended(umkm_id uuid) returns date
language sql stable as $$
  select least(day_of(u.deleted_at), case when u.status = 'archived' then day_of(u.updated_at) end,
               case when c.legal_basis = 'consent' then c.withdrawn_on end)
    from umkm u
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
$$;

create function umkm_ends() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update personal_record p
     set ended_on = umkm_ended(new.id), retention_until = retention_end(p.resource, umkm_ended(new.id))
    from personal_data k
   where p.umkm_id = new.id
     and k.resource = p.resource
     and k.ends_column is null;
  return null;
end
$$;

-- Forgetting personal data does not count as a change of the UMKM.
create trigger umkm_ends after update on umkm
   for each row when ((old.status = 'archived' or new.status = 'archived' or new.deleted_at is not null)
                      and current_setting('app.forgets', true) is distinct from 'on') execute function umkm_ends();
create trigger umkm_ends after insert or update on umkm_consent for each row execute function umkm_ends();

-- Masked values, or none while processing is restricted.
create function umkm_owner_row(o umkm_owner, c umkm_consent)
returns table (name text, nik text, npwp text, phone text, address text, processing_restricted boolean, version integer,
  updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select m.name, m.nik, m.npwp, m.phone, m.address, c.processing_restricted is true, coalesce(o.version, 0), o.updated_at,
         o.updated_by
    from (select) one
         left join lateral (select (o.name).mask, (o.nik).mask, (o.npwp).mask, (o.phone).mask, (o.address).mask)
                        as m (name, nik, npwp, phone, address) on c.processing_restricted is not true
$$;

create function umkm_consent_row(c umkm_consent)
returns table (contact_public boolean, public_owner_name text, given_on date, withdrawn_on date, evidence text, legal_basis text,
  processing_restricted boolean, public_state text, version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select coalesce(c.contact_public, false), c.public_owner_name, c.given_on, c.withdrawn_on, c.evidence, c.legal_basis,
         coalesce(c.processing_restricted, false),
         case when umkm_consent_waiting(c) <> '{}' then 'waiting'
              when c.contact_public or c.public_owner_name is not null then 'approved'
              else 'none' end,
         coalesce(c.version, 0), c.updated_at, c.updated_by
$$;

-- The owner's name and contact of a published UMKM, as far as the owner consented and a second
-- officer approved. The function is
-- a definer, since the public role may read neither.
create function umkm_public(umkm_id uuid) returns table (owner_name text, contact json)
language plpgsql stable rows 1 security definer set search_path = public, pg_temp as $$
begin
  return query
  select case when c.owner_name_approved then c.public_owner_name end,
         case when c.contact_public and c.contact_approved
                   and (num_nonnulls(u.contact_phone, u.contact_whatsapp, u.contact_email) > 0 or u.contact_links <> '{}')
              then catalog_contact('umkm', u.name, u.contact_phone, u.contact_whatsapp, u.contact_email, u.contact_links)
              else catalog_contact('dinas', d.name, d.phone, d.whatsapp, d.email, d.links)
         end
    from umkm u
         left join dinas_contact d on true
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
     and u.status = 'published'
     and u.deleted_at is null
     and c.processing_restricted is not true;
end
$$;

-- All data about a UMKM's owner except the sealed members: contact, consents, legal basis,
-- retention, requests, log of reads, and other records of the same person.
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
                                                     'client_request_id', h.client_request_id, 'changes', h.changes) order by h.id desc), '[]')
            from (select * from audit_history('umkm_consent', u.id::text) h order by h.id desc limit 1000) h),
         (select coalesce(json_agg(json_build_object('id', r.id, 'kind', r.kind, 'status', r.status, 'received_at',
                                                     utc_text(r.received_at), 'decided_at', utc_text(r.verified_at))
                                   order by r.received_at desc, r.id), '[]')
            from (select *
                    from data_subject_request r
                   where r.umkm_id = u.id and r.deleted_at is null
                   order by r.received_at desc limit 1000) r),
         (select coalesce(json_agg(json_build_object('id', l.id, 'at', utc_text(l.at), 'subject', l.subject, 'role', l.role,
                                                     'operation', l.operation, 'members', l.members, 'purpose', l.purpose,
                                                     'request_id', l.request_id, 'client_request_id', l.client_request_id,
                                                     'data_subject_request_id', l.data_subject_request_id) order by l.id desc), '[]')
            from (select * from personal_reads('umkm_owner', u.id) l order by l.id desc limit 1000) l),
         (select coalesce(json_agg(json_build_object('id', p.id, 'resource', p.resource, 'record_id', p.record_id, 'village_code',
                                                     p.village_code, 'members', p.members) order by p.resource, p.record_id), '[]')
            from (select *
                    from personal_record p
                   where p.hashes && array[(o.nik).hash, (o.npwp).hash, (o.phone).hash]
                     and (p.resource, p.record_id) <> ('umkm_owner', u.id)
                   limit 1000) p)
    from (select) one
         left join umkm_owner o on o.id = u.id
         left join umkm_consent c on c.id = u.id
$$;

-- Empties the personal data of a UMKM's owner. The business and its figures stay.
-- `business_contact` also empties the contact of the business, if that is a person's. `others`
-- names further records. A record in `others` must belong to this UMKM, or to no UMKM and share the
-- owner's NIK, NPWP or phone.
-- Two officers are needed: the one who recorded the request cannot grant it.
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
  violations(umkm), umkm_warnings(umkm), umkm_row(umkm, text[]), umkm_brief(uuid),
  violations(umkm_consent), umkm_owner_row(umkm_owner, umkm_consent), umkm_consent_row(umkm_consent),
  umkm_consent_waiting(umkm_consent)
  to ovop_api;
grant execute on function
  umkm_public(uuid)
  to ovop_public;
grant execute on function
  umkm_personal_data(umkm), umkm_erase(umkm, boolean, uuid[], text)
  to ovop_dinas;

call duplicate_rules('umkm');

call list_rows('umkm');
