-- The UMKM of the owner with this NIK; every look-up is written down.
  with hit as (
       select u.id, u.name, u.village_code, u.status
         from umkm_owner o
              join umkm u on u.id = o.id and u.deleted_at is null
              left join umkm_consent c on c.id = o.id
        where (o.nik).hash = :body.nik.hash
          and c.processing_restricted is not true),
       log as (
       insert into personal_read (resource, record_id, village_code, members, purpose)
       select 'umkm_owner', h.id, h.village_code, '{nik}', :body.purpose
         from (select) asked
              left join hit h on true)
select coalesce(json_agg(json_build_object('id', h.id, 'name', h.name, 'village_code', h.village_code, 'status', h.status)
                         order by h.name, h.id), '[]') as umkm
  from hit h
