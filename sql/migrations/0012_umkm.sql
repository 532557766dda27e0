-- Small businesses. Their owners (sealed) and the owners' consents have tables of their own.

-- PP 7/2021, article 35: the basis is capital without land and buildings if the business was
-- founded under that rule, else a year's sales.
create function size_basis(founded_on date, capital bigint, sales bigint) returns text
language sql immutable parallel safe as $$
  select case
           when founded_on >= '2021-02-02' and capital is not null then 'capital'
           when sales is not null then 'sales'
         end
$$;

-- PostgreSQL parses a body after `return` at creation and records that it needs size_basis(). So
-- pg_dump restores both before a generated column calls them.
create function size_class(founded_on date, capital bigint, sales bigint) returns text
language sql immutable parallel safe
return case size_basis(founded_on, capital, sales)
         when 'capital' then case when capital <= 1000000000 then 'mikro'
                                  when capital <= 5000000000 then 'kecil'
                                  when capital <= 10000000000 then 'menengah'
                                  else 'besar' end
         when 'sales' then case when sales <= 2000000000 then 'mikro'
                                when sales <= 15000000000 then 'kecil'
                                when sales <= 50000000000 then 'menengah'
                                else 'besar' end
       end;

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

call business_table('umkm');

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

-- One owner for each UMKM, with the UMKM's id. The row follows the UMKM to another village.
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

call business_table('umkm_owner', part_of => 'umkm', workflow => null);

create index on umkm_owner (((nik).hash));

-- The owner's consents and restrictions. The owner gives the public name with the consent, so it is
-- not sealed.
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

call business_table('umkm_consent', part_of => 'umkm', workflow => null);

create index on umkm_consent (id) where processing_restricted;

create function umkm_restricted() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array(select c.id from umkm_consent c where c.processing_restricted)
$$;

-- Whether the caller's operation is a report or a village brief: these count records.
create function claim_counts() returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() ->> 'operation' ~ '^(report|village_brief)', false)
$$;

call restrict_processing('umkm', 'id');

call restrict_processing('umkm_owner', 'id');

call restrict_processing('umkm_consent', 'id');

call keep_personal('umkm', '{"contact_phone": null, "contact_whatsapp": null, "contact_email": null, "contact_links": []}', 'id');

call keep_personal('umkm_owner', '{"name": null, "nik": null, "npwp": null, "phone": null, "address": null}', 'id');

call keep_personal('umkm_consent', '{"public_owner_name": null, "evidence": null}', 'id');

grant execute on function
  size_basis(date, bigint, bigint), size_class(date, bigint, bigint), umkm_restricted(),
  claim_counts()
  to ovop_api;
