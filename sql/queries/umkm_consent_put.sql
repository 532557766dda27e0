-- Records the consents of a UMKM's owner.
  with w as (
       insert into umkm_consent as c (id, village_code, contact_public, public_owner_name, given_on, withdrawn_on, evidence,
                                      legal_basis, processing_restricted)
       select u.id, u.village_code, :body.contact_public, :body.public_owner_name, :body.given_on, :body.withdrawn_on,
              :body.evidence, :body.legal_basis, :body.processing_restricted
         from umkm u
              left join umkm_consent e on e.id = u.id
        where u.id = :id
          and u.deleted_at is null
          and check_version(coalesce(e.version, 0), :if_match)
           on conflict (id) do update
          set contact_public = excluded.contact_public, public_owner_name = excluded.public_owner_name,
              given_on = excluded.given_on, withdrawn_on = excluded.withdrawn_on, evidence = excluded.evidence,
              legal_basis = excluded.legal_basis, processing_restricted = excluded.processing_restricted
        where check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, umkm_consent_row(w.c) r
