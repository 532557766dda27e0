-- A page of training programmes: the district's, and those of the caller's villages.
  with hit as not materialized (
       select p.*
         from training_program p
        where p.deleted_at is null
          and (p.village_code is null or claims_hold(:claims, p.village_code))
          and (:id is null or p.id = any (:id))
          and (:village_code is null or p.village_code = any (village_present(:village_code)))
          and (:district_code is null or p.district_code = any (:district_code))
          and (:topic is null or p.topic = any (:topic))
          and (:funding_source is null or p.funding_source = any (:funding_source))
          and (:status is null or p.status = any (:status))
          and (:starts_on_gte is null or p.starts_on >= :starts_on_gte)
          and (:starts_on_lte is null or p.starts_on <= :starts_on_lte)
          and (:updated_at_gte is null or p.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or p.updated_at <= :updated_at_lte)
          and (:q is null or p.search @@ search_query(:q))),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'starts_on' then (h.starts_on, h.id) > (:after_key::date, :after_id::uuid)
              when '-starts_on' then (h.starts_on, h.id) < (:after_key::date, :after_id::uuid)
              when 'title' then (h.title, h.id) > (:after_key, :after_id::uuid)
              when '-title' then (h.title, h.id) < (:after_key, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by sort_key(:q, case :sort when 'starts_on' then h.starts_on end),
                 sort_key(:q, case :sort when '-starts_on' then h.starts_on end) desc,
                 sort_key(:q, case :sort when 'title' then h.title end),
                 sort_key(:q, case :sort when '-title' then h.title end) desc,
                 sort_key(:q, case :sort when 'updated_at' then h.updated_at end),
                 sort_key(:q, case :sort when '-updated_at' then h.updated_at end) desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total,
       case when :sort like '%starts_on' then r.starts_on::text when :sort like '%title' then r.title else r.updated_at::text end
       as _key, r.id::text as _id
  from :total t
       left join lateral training_program_rows(array(select p.id from page p), :expand) r on true
