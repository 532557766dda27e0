-- Records in force are unique: a value belongs to the record that another officer has verified. A
-- draft, a rejected or an archived record blocks nobody. The triggers and the warnings follow from
-- these rules (functions/duplicate.sql).
drop index umkm_nib__unique, village_enterprise_legal_number__unique, certification_number__unique,
  star_assessment_year__unique, production_report_month__unique, target_indicator__unique;

create unique index umkm_nib__unique on umkm (nib)
 where status in ('verified', 'published') and deleted_at is null;
create unique index village_enterprise_legal_number__unique on village_enterprise (upper(legal_number))
 where status in ('verified', 'published') and deleted_at is null;
-- Many holders share the number of an SNI, and each laboratory numbers its own reports.
create unique index certification_number__unique on certification
    (kind, (case when kind not in ('sni', 'lab') then upper(number) end))
 where status in ('verified', 'published') and deleted_at is null;
create unique index star_assessment_year__unique on star_assessment (product_id, scheme, year, kind)
 where status in ('verified', 'published') and deleted_at is null;
create unique index production_report_month__unique on production_report (umkm_id, month)
 where status = 'verified' and deleted_at is null;
create unique index target_indicator__unique on target (indicator, period_from, period_to, village_code, district_code)
  nulls not distinct
 where status = 'approved' and deleted_at is null;

-- The same values of records that are not in force.
create index on umkm (nib) where deleted_at is null;
create index on village_enterprise (upper(legal_number)) where deleted_at is null;
create index on certification (kind, (case when kind not in ('sni', 'lab') then upper(number) end)) where deleted_at is null;
create index on star_assessment (product_id, scheme, year, kind) where deleted_at is null;
-- With the columns that reports read.
drop index production_report_umkm_id_month_id_idx;
create index production_report_umkm_id_month_id_idx on production_report (umkm_id, month, id)
       include (turnover_idr, workers_total, status, village_code)
 where deleted_at is null;

-- One certificate of a maker and the products that it covers. A product that it does not name is not
-- covered.
drop policy processing_restricted on certification;
drop policy not_counted on certification;

alter table certification
  add column village_enterprise_id uuid
    constraint certification_village_enterprise_id__exists references village_enterprise (id),
  add column product_ids uuid[] not null default '{}';

update certification c
   set product_ids = array[p.id], umkm_id = p.umkm_id, village_enterprise_id = p.village_enterprise_id
  from product p
 where p.id = c.product_id;

-- Requested changes of the bearer.
update certification c
   set change_request = jsonb_populate_record(c.change_request, jsonb_build_object(
                          'patch', (c.change_request).patch - '{umkm_id,product_id}'::text[] || jsonb_build_object(
                            'umkm_id', coalesce(p.umkm_id, (asked.patch ->> 'umkm_id')::uuid),
                            'village_enterprise_id', p.village_enterprise_id,
                            'product_ids', array_remove(array[p.id], null))))
  from (select o.id, (o.change_request).patch from certification o) asked
       left join product p on p.id = (asked.patch ->> 'product_id')::uuid
 where asked.id = c.id
   and asked.patch ?| '{umkm_id,product_id}';

alter table certification
  drop column product_id,
  drop column holder_umkm_id,
  add constraint certification_umkm_id__one_bearer check (num_nonnulls(umkm_id, village_enterprise_id) = 1);

create index on certification (village_enterprise_id) where deleted_at is null;
create index on certification using gin (product_ids) where deleted_at is null;

call restrict_processing('certification', 'umkm_id');

grant select (village_enterprise_id, product_ids) on certification to ovop_public;

-- The documents of an export, each in one spelling: kind and number. Several exporters may share a
-- document, so it is not unique.
create function export_document_keys(documents jsonb) returns text[]
language sql immutable parallel safe
return array(select distinct (d ->> 'kind') || ':' || upper(regexp_replace(d ->> 'number', '[^[:alnum:]]', '', 'g'))
               from jsonb_array_elements(documents) d
              where d ->> 'number' ~ '[[:alnum:]]');

alter table export add column document_keys text[] not null generated always as (export_document_keys(documents)) stored;

create index on export using gin (document_keys) where deleted_at is null;

grant execute on function
  export_document_keys(jsonb)
  to ovop_api;
