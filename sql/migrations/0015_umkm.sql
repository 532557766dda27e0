-- Small businesses; apart from them, their owners (sealed) and what the owners agreed to.

-- PP 7/2021, article 35: capital without land and buildings where the business was founded under that rule, else a year's sales.
create function size_basis(founded_on date, capital bigint, sales bigint) returns text
language sql immutable parallel safe as $$
  select case
           when founded_on >= '2021-02-02' and capital is not null then 'capital'
           when sales is not null then 'sales'
         end
$$;

create function size_class(founded_on date, capital bigint, sales bigint) returns text
language sql immutable parallel safe as $$
  select case size_basis(founded_on, capital, sales)
           when 'capital' then case when capital <= 1000000000 then 'mikro'
                                    when capital <= 5000000000 then 'kecil'
                                    when capital <= 10000000000 then 'menengah'
                                    else 'besar' end
           when 'sales' then case when sales <= 2000000000 then 'mikro'
                                  when sales <= 15000000000 then 'kecil'
                                  when sales <= 50000000000 then 'menengah'
                                  else 'besar' end
         end
$$;

create table umkm (
  name text not null,
  nib text constraint umkm_nib__pattern check (nib ~ '^[0-9]{13}$'),
  external_reference text,
  kbli_code text,
  kbli_edition text,
  legal_form text constraint umkm_legal_form__enum
    check (legal_form in ('perorangan', 'pt_perorangan', 'cv', 'firma', 'pt', 'koperasi', 'kelompok', 'other')),
  founded_on date,
  workers_male integer constraint umkm_workers_male__range check (workers_male >= 0),
  workers_female integer constraint umkm_workers_female__range check (workers_female >= 0),
  workers_disabled integer constraint umkm_workers_disabled__range check (workers_disabled >= 0),
  capital_idr bigint constraint umkm_capital_idr__range check (capital_idr >= 0),
  annual_sales_idr bigint constraint umkm_annual_sales_idr__range check (annual_sales_idr >= 0),
  annual_sales_year integer,
  size_class_reported text constraint umkm_size_class_reported__enum
    check (size_class_reported in ('mikro', 'kecil', 'menengah', 'besar')),
  village_enterprise_id uuid,
  contact_phone text,
  contact_whatsapp text,
  contact_email text,
  contact_links text[] not null default '{}',
  village_code text not null constraint umkm_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  workers_total integer generated always as (workers_male + workers_female) stored,
  size_class_computed text generated always as (size_class(founded_on, capital_idr, annual_sales_idr)) stored,
  size_class_basis text generated always as (size_basis(founded_on, capital_idr, annual_sales_idr)) stored,
  size_class text generated always as
    (coalesce(size_class(founded_on, capital_idr, annual_sales_idr), size_class_reported)) stored,
  search tsvector not null generated always as (to_tsvector('simple', name)) stored
);

call business_table('umkm', personal => '{contact_phone,contact_whatsapp,contact_email,contact_links}');

alter table umkm add unique (id, village_code);
create unique index umkm_nib__unique on umkm (nib) where deleted_at is null;
create index on umkm (name, id) where deleted_at is null;
create index on umkm (created_at, id) where deleted_at is null;
create index on umkm (updated_at, id) where deleted_at is null;
create index on umkm (village_code, status, name, id) where deleted_at is null;
create index on umkm (district_code, name, id) where deleted_at is null;
create index on umkm (status, updated_at, id) where deleted_at is null;
create index on umkm (kbli_code, name, id) where deleted_at is null;
create index on umkm (size_class, name, id) where deleted_at is null;
create index on umkm (workers_total) where deleted_at is null;
create index on umkm (external_reference) where deleted_at is null;
create index on umkm (village_enterprise_id) where deleted_at is null;
create index on umkm (name, id) where (change_request).status = 'open' and deleted_at is null;
create index on umkm (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on umkm using gin (search) where deleted_at is null;

create function umkm_violations(u umkm) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(u.village_code)
             union all
            values
        ('/kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
        ('/kbli_code', 'exists', not exists (select from reference c
                                              where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition)
                                 and u.kbli_code is not null and u.kbli_edition is not null),
        ('/founded_on', 'future', u.founded_on > today()),
        ('/workers_disabled', 'more_than_workers', u.workers_disabled > u.workers_male + u.workers_female),
        ('/village_enterprise_id', 'exists', u.village_enterprise_id is not null
           and not exists (select from village_enterprise e
                            where e.id = u.village_enterprise_id and e.deleted_at is null and u.village_code = any (e.villages)))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on umkm for each row execute function refuse_violations();

-- What is likely a mistake but may be right.
create function umkm_warnings(u umkm) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/kbli_edition', 'superseded', exists (select from reference c
                                               where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition
                                                 and c.valid_to < today())),
      ('/size_class_reported', 'size_class_differs', u.size_class_computed <> u.size_class_reported),
      ('/size_class_reported', 'too_large_for_umkm', u.size_class = 'besar'),
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
    from umkm_warnings(u) w, change_request_brief(u.change_request) c,
         allowed_actions('umkm', u.status, u.writers, u.village_code, u.change_request) a
$$;

-- A UMKM as other records show it under `expand`.
create function umkm_brief(id uuid) returns table (brief json)
language sql stable as $$
  select json_build_object('id', u.id, 'name', u.name, 'village_code', u.village_code, 'status', u.status)
    from umkm u
   where u.id = umkm_brief.id
$$;

-- One owner a UMKM, under the UMKM's id; it follows the UMKM to another village.
create table umkm_owner (
  id uuid constraint umkm_owner_id__unique primary key,
  village_code text not null,
  name sealed,
  nik sealed,
  npwp sealed,
  phone sealed,
  address sealed,
  erased_at timestamptz(3),
  erased_by uuid,
  erasure_note text,
  constraint umkm_owner_id__exists foreign key (id, village_code) references umkm (id, village_code) on update cascade
);

call business_table('umkm_owner', part_of => 'umkm', workflow => null, personal => '{name,nik,npwp,phone,address}');

create index on umkm_owner (((nik).hash));

-- What the owner agreed to, or asked for. The name to be shown in public is given with the consent and stands in the clear.
create table umkm_consent (
  id uuid constraint umkm_consent_id__unique primary key,
  village_code text not null,
  contact_public boolean not null,
  public_owner_name text,
  given_on date,
  withdrawn_on date,
  evidence text,
  legal_basis text constraint umkm_consent_legal_basis__enum
    check (legal_basis in ('consent', 'contract', 'legal_duty', 'vital_interest', 'public_task', 'legitimate_interest')),
  processing_restricted boolean not null,
  constraint umkm_consent_id__exists foreign key (id, village_code) references umkm (id, village_code) on update cascade
);

call business_table('umkm_consent', part_of => 'umkm', workflow => null, personal => '{public_owner_name,evidence}');

create index on umkm_consent (id) where processing_restricted;

create function umkm_consent_violations(c umkm_consent) returns jsonb
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
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on umkm_consent for each row execute function refuse_violations();

create function umkm_restricted() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array(select c.id from umkm_consent c where c.processing_restricted)
$$;

-- Whether the caller asked for figures.
create function claim_counts() returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() ->> 'operation' ~ '^(report|village_brief)', false)
$$;

-- A UMKM whose processing is restricted, and what names it, are left to those who handle its case; in figures it counts for nobody.
-- umkm_id: the column that says whose a row is, or of …_ids, for whom it stands.
create procedure restrict_processing(table_name text, umkm_id text)
language plpgsql as $$
declare
  free text := format(case when umkm_id like '%\_ids' then 'not %1$I && (select umkm_restricted())::uuid[]'
                           else '%1$I is null or %1$I <> all ((select umkm_restricted())::uuid[])' end, umkm_id);
begin
  execute format('create policy processing_restricted on %I as restrictive for select to ovop_bupati, ovop_system, ovop_public'
                 ' using (%s)', table_name, free);
  execute format('create policy not_counted on %I as restrictive for select to ovop_bumdes, ovop_dinas'
                 ' using (not (select claim_counts()) or %s)', table_name, free);
end
$$;

call restrict_processing('umkm', 'id');
call restrict_processing('umkm_owner', 'id');
call restrict_processing('umkm_consent', 'id');

-- When the data of an owner was last needed: when the archived UMKM was last touched, or the consent that it rested on withdrawn.
create function umkm_ended(umkm_id uuid) returns date
language sql stable as $$
  select least(case when u.status = 'archived' then day_of(u.updated_at) end,
               case when c.legal_basis = 'consent' then c.withdrawn_on end)
    from umkm u
         left join umkm_consent c on c.id = u.id
   where u.id = umkm_id
$$;

create function umkm_ends() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update personal_record p
     set ended_on = umkm_ended(new.id), retention_until = retained_until(p.resource, umkm_ended(new.id))
    from personal_data k
   where p.umkm_id = new.id
     and k.resource = p.resource
     and k.ends_column is null;
  return null;
end
$$;

-- Forgetting is no touch.
create trigger umkm_ends after update on umkm
   for each row when ((old.status = 'archived' or new.status = 'archived')
                      and current_setting('app.forgets', true) is distinct from 'on') execute function umkm_ends();
create trigger umkm_ends after insert or update on umkm_consent for each row execute function umkm_ends();

call keep_personal('umkm', '{"contact_phone": null, "contact_whatsapp": null, "contact_email": null, "contact_links": []}', 'id');
call keep_personal('umkm_owner', '{"name": null, "nik": null, "npwp": null, "phone": null, "address": null}', 'id');
call keep_personal('umkm_consent', '{"public_owner_name": null, "evidence": null}', 'id');

-- Masked, and nothing at all while processing is restricted.
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
  processing_restricted boolean, version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select coalesce(c.contact_public, false), c.public_owner_name, c.given_on, c.withdrawn_on, c.evidence, c.legal_basis,
         coalesce(c.processing_restricted, false), coalesce(c.version, 0), c.updated_at, c.updated_by
$$;

grant execute on function
  size_basis(date, bigint, bigint), size_class(date, bigint, bigint), umkm_violations(umkm), umkm_warnings(umkm),
  umkm_row(umkm, text[]), umkm_brief(uuid), umkm_consent_violations(umkm_consent), umkm_restricted(), claim_counts(),
  umkm_owner_row(umkm_owner, umkm_consent),
  umkm_consent_row(umkm_consent)
  to ovop_api;
