-- A page of published UMKM.
  with hit as not materialized (
       select u.*
         from catalog_umkm u
        where (:id is null or u.id = any (:id))
          and (:village_code is null or u.village_code = any (village_present(:village_code)))
          and (:district_code is null or u.district_code = any (:district_code))
          and (:kbli_code is null or u.kbli_code = any (reference_plain(:kbli_code)))
          and (:size_class is null or u.size_class = any (:size_class))
          and (:certificate is null or u.id = any (array(select k.umkm_id from catalog_certified(:certificate) k)))
          and (:q is null or u.search_public @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'name' then (h.name, h.id) > (:after_key, :after_id::uuid)
              when '-name' then (h.name, h.id) < (:after_key, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'name' then h.name end),
                 sort_key(:q, case :sort when '-name' then h.name end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%name' then r.name else r.updated_at::text end as _key, r.id::text as _id
  from :total t
       left join lateral catalog_umkm_rows(array(select p.id from page p)) r on true
