-- The 22 kecamatan and 248 desa and kelurahan.
  with region as (
       select *
         from jsonb_to_recordset(:rows) as r (code text, kind text, name text, district_code text, district_name text,
                                              bps_code text, lat numeric, lon numeric, postcode text)),
       kecamatan as (
       insert into district as d (code, bps_code, name, latitude, longitude, postcode)
       select r.code, r.bps_code, r.name, r.lat, r.lon, r.postcode
         from region r
        where r.kind = 'kecamatan'
           on conflict (code) do update
          set bps_code = excluded.bps_code, name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude,
              postcode = excluded.postcode
        where (d.bps_code, d.name, d.latitude, d.longitude, d.postcode)
              is distinct from (excluded.bps_code, excluded.name, excluded.latitude, excluded.longitude, excluded.postcode))
insert into village as v (code, bps_code, kind, name, district_code, district_name, latitude, longitude, postcode)
select r.code, r.bps_code, r.kind, r.name, r.district_code, r.district_name, r.lat, r.lon, r.postcode
  from region r
 where r.kind <> 'kecamatan'
   -- A village that a decree has changed keeps what the register says.
   and not exists (select from village v where v.decreed_on is not null and r.code = any (v.former_codes || v.code))
    on conflict (code) do update
   set bps_code = excluded.bps_code, name = excluded.name, district_name = excluded.district_name, latitude = excluded.latitude,
       longitude = excluded.longitude, postcode = excluded.postcode
 where (v.bps_code, v.name, v.district_name, v.latitude, v.longitude, v.postcode)
       is distinct from (excluded.bps_code, excluded.name, excluded.district_name, excluded.latitude, excluded.longitude,
                         excluded.postcode)
