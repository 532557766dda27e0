-- Changes a certificate; what is verified or published keeps its values, and a change request opens.
  with w as (
       update certification c
          set (umkm_id, product_id, kind, number, issuer, issued_on, expires_on)
              = (select n.umkm_id, n.product_id, n.kind, certification_number(n.kind, n.number), n.issuer, n.issued_on, n.expires_on
                   from jsonb_populate_record(c, :body) n)
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, certification_row(w.c) r
