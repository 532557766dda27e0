-- Sample data: invented UMKM of real villages. Named "(contoh)", source `sample`. Owners with an
-- e-mail agreed to be contacted.
  with r as (
       select *
         from jsonb_to_recordset(:rows) as r (id uuid, name text, nib text, kbli_code text, kbli_edition text, legal_form text,
                                              founded_on date, village_code text, workers_male integer, workers_female integer,
                                              workers_disabled integer, capital_idr bigint, annual_sales_idr bigint,
                                              annual_sales_year integer, size_class_reported text, village_enterprise_id uuid,
                                              contact_email text, contact_links text[], status text, status_note text,
                                              public_owner_name text)),
       u as (
       insert into umkm (id, name, nib, kbli_code, kbli_edition, legal_form, founded_on, village_code, workers_male, workers_female,
                         workers_disabled, capital_idr, annual_sales_idr, annual_sales_year, size_class_reported,
                         village_enterprise_id, contact_email, contact_links, status, status_note, verified_at, source)
       select r.id, r.name, r.nib, r.kbli_code, r.kbli_edition, r.legal_form, r.founded_on, r.village_code, r.workers_male,
              r.workers_female, r.workers_disabled, r.capital_idr, r.annual_sales_idr, r.annual_sales_year, r.size_class_reported,
              r.village_enterprise_id, r.contact_email, r.contact_links, r.status, r.status_note,
              case when r.status in ('verified', 'published') then now() end, 'sample'
         from r
           on conflict (id) do nothing
    returning id)
insert into umkm_consent (id, village_code, contact_public, public_owner_name, given_on, evidence, legal_basis,
                          processing_restricted, owner_name_approved, contact_approved, source)
select r.id, r.village_code, true, r.public_owner_name, '2026-01-05', 'Contoh', 'consent', false,
       r.public_owner_name is not null, true, 'sample'
  from r
       join u on u.id = r.id
 where r.contact_email is not null
