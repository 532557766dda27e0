-- Registers a UMKM.
  with w as (
       insert into umkm as u (id, name, nib, external_reference, kbli_code, kbli_edition, legal_form, founded_on, village_code,
                              workers_male, workers_female, workers_disabled, capital_idr, annual_sales_idr, annual_sales_year,
                              size_class_reported, village_enterprise_id, contact_phone, contact_whatsapp, contact_email,
                              contact_links)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.name, :body.nib, :body.external_reference, reference_plain(:body.kbli_code),
               coalesce(:body.kbli_edition, reference_edition('kbli', :body.kbli_code)), :body.legal_form, :body.founded_on,
               :body.village_code, :body.workers_male, :body.workers_female, :body.workers_disabled, :body.capital_idr,
               :body.annual_sales_idr, :body.annual_sales_year, :body.size_class_reported, :body.village_enterprise_id, :body.contact_phone, :body.contact_whatsapp,
               :body.contact_email, coalesce(:body.contact_links, '{}'))
    returning u)
select r.*, r.version::text as _etag, '/v1/umkm/' || r.id as _location
  from w, umkm_row(w.u) r
