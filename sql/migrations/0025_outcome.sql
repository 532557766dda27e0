-- Outcomes: changes for a UMKM after mentoring, with evidence. A second officer verifies them.

-- An outcome comes from a session or a whole programme. It stays with the village where its UMKM
-- was then.
create table outcome (
  umkm_id uuid not null constraint outcome_umkm_id__exists references umkm (id),
  session_id uuid constraint outcome_session_id__exists references mentoring_session (id),
  program_id uuid constraint outcome_program_id__exists references training_program (id),
  kind text not null constraint outcome_kind__enum
    check (kind in ('nib_issued', 'pirt_issued', 'halal_issued', 'bpom_issued', 'trademark', 'packaging', 'branding', 'new_product',
                    'price_rise', 'sales_rise', 'new_market', 'online_sales', 'first_export', 'finance', 'workers_hired',
                    'class_up', 'other')),
  description text,
  observed_on date not null,
  value_before numeric constraint outcome_value_before__range check (value_before >= 0),
  value_after numeric constraint outcome_value_after__range check (value_after >= 0),
  unit text constraint outcome_unit__enum check (unit in ('idr', 'kg', 'l', 'piece', 'pack', 'person', 'percent', 'count')),
  evidence jsonb not null default '[]',
  village_code text not null constraint outcome_village_code__exists references village (code),
  district_code text not null generated always as (left(village_code, 8)) stored,
  search tsvector not null generated always as (to_tsvector('simple', coalesce(description, ''))) stored
);

call business_table('outcome', workflow => 'verified', writers => '{dinas}');

call restrict_processing('outcome', 'umkm_id');

create index on outcome (observed_on, id) where deleted_at is null;
create index on outcome (updated_at, id) where deleted_at is null;
create index on outcome (village_code, observed_on, id) where deleted_at is null;
create index on outcome (district_code, observed_on, id) where deleted_at is null;
create index on outcome (kind, observed_on, id) where deleted_at is null;
create index on outcome (status, observed_on, id) where deleted_at is null;
create index on outcome (umkm_id) where deleted_at is null;
create index on outcome (session_id) where deleted_at is null;
create index on outcome (program_id) where deleted_at is null;
create index on outcome using gin (search) where deleted_at is null;
