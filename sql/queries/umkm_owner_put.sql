-- Records a UMKM's owner, sealed.
  with w as (
       insert into umkm_owner as o (id, village_code, name, nik, npwp, phone, address)
       select u.id, u.village_code, n.name, n.nik, n.npwp, n.phone, n.address
         from umkm u
              left join umkm_owner e on e.id = u.id
              left join umkm_consent c on c.id = u.id
              cross join jsonb_populate_record(null::umkm_owner, :body) n
        where u.id = :id
          and u.deleted_at is null
          and check_version(coalesce(e.version, 0), :if_match)
          and (c.processing_restricted is not true or refuse('state_conflict', violation('', 'processing_restricted')))
           on conflict (id) do update
          set name = excluded.name, nik = excluded.nik, npwp = excluded.npwp, phone = excluded.phone, address = excluded.address
        where check_version(o.version, :if_match)
    returning o)
select r.*, r.version::text as _etag
  from w, umkm_owner_row(w.o, null) r
