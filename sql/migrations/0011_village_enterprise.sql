-- BUMDes of one village and joint BUMDesma of several. All their villages may read them. Writing
-- needs a scope with the lead village.

create table village_enterprise (
  name text not null,
  kind text not null constraint village_enterprise_kind__enum check (kind in ('bumdes', 'bumdesma')),
  legal_number text,
  established_on date,
  unit_businesses jsonb not null default '[]',  -- [{name, kbli_code, kbli_edition, started_on}]
  rank text constraint village_enterprise_rank__enum check (rank in ('perintis', 'pemula', 'berkembang', 'maju')),
  rank_year integer,
  village_code text not null constraint village_enterprise_village_code__exists references village (code),
  villages text[] not null constraint village_enterprise_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  kbli_codes text[] not null
    generated always as (jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*].kbli_code ? (@ != null)'))) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    name || ' ' || jsonb_path_query_array(unit_businesses, '$[*].name')::text)) stored
);

call business_table('village_enterprise', shared => true);

create unique index village_enterprise_legal_number__unique on village_enterprise (upper(legal_number)) where deleted_at is null;

create index on village_enterprise (name, id) where deleted_at is null;
create index on village_enterprise (created_at, id) where deleted_at is null;
create index on village_enterprise (updated_at, id) where deleted_at is null;
create index on village_enterprise (kind, name, id) where deleted_at is null;
create index on village_enterprise (rank, name, id) where deleted_at is null;
create index on village_enterprise (status, name, id) where deleted_at is null;
create index on village_enterprise (established_on, id) where deleted_at is null;
create index on village_enterprise (name, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_enterprise using gin (villages) where deleted_at is null;
create index on village_enterprise using gin (district_codes) where deleted_at is null;
create index on village_enterprise using gin (kbli_codes) where deleted_at is null;
create index on village_enterprise using gin (search) where deleted_at is null;
