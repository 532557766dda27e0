-- Certificates of a UMKM or a product: licences, certificates, registered names.

create table certification (
  umkm_id uuid constraint certification_umkm_id__exists references umkm (id),
  product_id uuid constraint certification_product_id__exists references product (id),
  kind text not null constraint certification_kind__enum
    check (kind in ('nib', 'pirt', 'halal', 'bpom', 'trademark', 'sni', 'organic', 'gi', 'lab')),
  number text not null,
  issuer text,
  issued_on date,
  expires_on date,
  -- certification_place() sets these: the UMKM that holds the certificate, and the villages where
  -- it belongs.
  holder_umkm_id uuid,
  village_code text not null constraint certification_village_code__exists references village (code),
  villages text[] not null constraint certification_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  ends_on date not null generated always as (coalesce(expires_on, 'infinity')) stored,
  -- The public sees that a NIB exists, but not its number.
  public_number text generated always as (case when kind <> 'nib' then number end) stored,
  search tsvector not null generated always as (to_tsvector('simple', number || ' ' || coalesce(issuer, ''))) stored
);

call business_table('certification', shared => true);

-- Many holders share the number of an SNI, and each laboratory numbers its own reports.
create unique index certification_number__unique on certification (kind, upper(number))
 where deleted_at is null and status not in ('rejected', 'archived') and kind not in ('sni', 'lab');

create index on certification (ends_on, id) where deleted_at is null;
create index on certification (updated_at, id) where deleted_at is null;
create index on certification (issued_on, ends_on, id) where deleted_at is null;
create index on certification (village_code, ends_on, id) where deleted_at is null;
create index on certification (status, ends_on, id) where deleted_at is null;
create index on certification (kind, ends_on, id) where deleted_at is null;
create index on certification (umkm_id, kind) where deleted_at is null;
create index on certification (product_id, kind) where deleted_at is null;
create index on certification (holder_umkm_id) where deleted_at is null;
create index on certification (ends_on, id) where (change_request).status = 'open' and deleted_at is null;
create index on certification (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on certification using gin (villages) where deleted_at is null;
create index on certification using gin (district_codes) where deleted_at is null;
create index on certification using gin (search) where deleted_at is null;

call restrict_processing('certification', 'holder_umkm_id');

create policy public_select on certification for select to ovop_public using (status = 'published' and deleted_at is null);

grant select (id, umkm_id, product_id, kind, public_number, issuer, issued_on, expires_on, ends_on, status, deleted_at)
   on certification to ovop_public;
