-- Registers a certificate of a UMKM or a village enterprise.
  with w as (
       insert into certification as c (id, umkm_id, village_enterprise_id, product_ids, kind, number, issuer, issued_on,
                                       expires_on)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.umkm_id, :body.village_enterprise_id,
               coalesce(:body.product_ids, '{}'), :body.kind,
               certification_number(:body.kind, :body.number), :body.issuer, :body.issued_on, :body.expires_on)
    returning c)
select r.*, r.version::text as _etag, '/v1/certifications/' || r.id as _location
  from w, certification_row(w.c) r
