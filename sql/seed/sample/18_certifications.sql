-- Sample data: invented certificates of the sample makers and their products, source `sample`.
insert into certification (id, umkm_id, village_enterprise_id, product_ids, kind, number, issuer, issued_on, expires_on, status,
                           status_note, verified_at, source)
select r.id, r.umkm_id, r.village_enterprise_id, r.product_ids, r.kind, r.number, r.issuer, r.issued_on, r.expires_on, r.status,
       r.status_note, case when r.status in ('verified', 'published') then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, umkm_id uuid, village_enterprise_id uuid, product_ids uuid[], kind text,
                                       number text, issuer text, issued_on date, expires_on date, status text, status_note text)
    on conflict (id) do nothing
