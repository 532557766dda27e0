-- The UMKM of the owner with this NIK, with a warning if there are several. Every look-up is logged.
  with hit as (
       select u.id, u.name, u.village_code, u.status
         from umkm_owner o
              join umkm u on u.id = o.id and u.deleted_at is null
              left join umkm_consent c on c.id = o.id
        where (o.nik).hash = :body.nik.hash
          and c.processing_restricted is not true),
       log as (
       insert into personal_read (resource, record_id, umkm_id, village_code, members, purpose)
       select 'umkm_owner', h.id, h.id, h.village_code, '{nik}', :body.purpose
         from (select) asked
              left join hit h on true)
select coalesce(json_agg(json_build_object('id', h.id, 'name', h.name, 'village_code', h.village_code, 'status', h.status)
                         order by h.name, h.id), '[]') as umkm,
       case when count(*) > 1
            then json_build_array(json_build_object('pointer', '/nik', 'code', 'duplicate',
                                                    'records', to_json((array_agg(h.id order by h.name, h.id))[:20])))
            else '[]'
       end as warnings
  from hit h
