-- Exports: goods, destination and the documents that prove them. A verified export lifts its
-- products to the international market. If it is no longer verified, it takes that back.

-- Grade A: a customs document. B: an invoice or a certificate. C: only a statement.
create function export_grade(documents jsonb) returns text
language sql immutable parallel safe as $$
  select case
           when documents @? '$[*].kind ? (@ == "peb" || @ == "consignment_note")' then 'A'
           when documents @? '$[*].kind ? (@ == "invoice" || @ == "ska" || @ == "phytosanitary")' then 'B'
           when documents @? '$[*].kind ? (@ == "statement")' then 'C'
         end
$$;

-- The documents name the exporter. The makers of the goods are the producers of the lines'
-- products.
create table export (
  exporter_name text not null,
  exporter_nib text constraint export_exporter_nib__pattern check (exporter_nib ~ '^[0-9]{13}$'),
  mode text not null constraint export_mode__enum check (mode in ('direct', 'aggregator', 'hand_carried_sample')),
  buyer_id uuid,
  destination_country text not null,
  port_code text,
  exported_on date not null,
  incoterm text,
  documents jsonb not null default '[]',
  lines jsonb not null,
  village_code text not null constraint export_village_code__exists references village (code),
  -- export_compute() derives these from the lines.
  quantity_kg numeric not null,
  fob_idr bigint not null,
  product_ids uuid[] not null,
  umkm_ids uuid[] not null,
  village_enterprise_ids uuid[] not null,
  evidence_grade text generated always as (export_grade(documents)) stored,
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', exporter_name)) stored
);

call business_table('export', write_scope => 'exports:write', workflow => 'verified');

create index on export (exported_on, id) where deleted_at is null;
create index on export (updated_at, id) where deleted_at is null;
create index on export (village_code, exported_on, id) where deleted_at is null;
create index on export (district_code, exported_on, id) where deleted_at is null;
create index on export (status, exported_on, id) where deleted_at is null;
create index on export (destination_country, exported_on, id) where deleted_at is null;
create index on export (mode, exported_on, id) where deleted_at is null;
create index on export (evidence_grade, exported_on, id) where deleted_at is null;
create index on export (buyer_id) where deleted_at is null;
create index on export using gin (product_ids) where deleted_at is null;
create index on export using gin (umkm_ids) where deleted_at is null;
create index on export using gin (village_enterprise_ids) where deleted_at is null;
create index on export using gin (search) where deleted_at is null;

call restrict_processing('export', 'umkm_ids');

grant execute on function
  export_grade(jsonb)
  to ovop_api;
