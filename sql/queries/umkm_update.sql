-- Changes a UMKM. A verified or published one keeps its values, and a change request opens.
  with w as (
       update umkm u
          set (name, nib, external_reference, kbli_code, kbli_edition, legal_form, founded_on, village_code, workers_male,
               workers_female, workers_disabled, capital_idr, annual_sales_idr, annual_sales_year, size_class_reported,
               village_enterprise_id, contact_phone, contact_whatsapp, contact_email, contact_links)
              = (select n.name, n.nib, n.external_reference, c.code, c.edition, n.legal_form, n.founded_on,
                        n.village_code, n.workers_male, n.workers_female, n.workers_disabled, n.capital_idr, n.annual_sales_idr,
                        n.annual_sales_year, n.size_class_reported, n.village_enterprise_id, n.contact_phone, n.contact_whatsapp,
                        n.contact_email, n.contact_links
                   from jsonb_populate_record(u, :body) n, reference_changed('kbli', u.kbli_code, u.kbli_edition, :body) c)
        where u.id = :id
          and u.deleted_at is null
          and check_version(u.version, :if_match)
    returning u)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, umkm_row(w.u) r
