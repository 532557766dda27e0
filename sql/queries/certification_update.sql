-- Changes a certificate. A verified or published one keeps its values, and a change request opens.
  with w as (
       update certification c
          set (umkm_id, village_enterprise_id, product_ids, kind, number, issuer, issued_on, expires_on)
              = (select n.umkm_id, n.village_enterprise_id, n.product_ids, n.kind, certification_number(n.kind, n.number), n.issuer,
                        n.issued_on, n.expires_on
                   from jsonb_populate_record(c, :body) n)
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, certification_row(w.c) r
