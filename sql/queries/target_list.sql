-- A page of targets: those of the district, of kecamatan, and of the caller's villages.
  with hit as not materialized (
       select t.*
         from target t
        where t.deleted_at is null
          and (t.village_code is null or claims_hold(:claims, t.village_code))
          and (:id is null or t.id = any (:id))
          and (:village_code is null or t.village_code = any (village_present(:village_code)))
          and (:district_code is null or t.area_code = any (:district_code))
          and (:scope is null
               or case :scope
                  when 'village' then t.village_code is not null
                  when 'district' then t.district_code is not null
                  else t.area_code is null
                  end)
          and (:indicator is null or t.indicator = any (:indicator))
          and (:status is null or t.status = any (:status))
          and (:change_request is null or (t.change_request).status = :change_request)
          and (:period_to_gte is null or t.period_to >= :period_to_gte)
          and (:period_from_lte is null or t.period_from <= :period_from_lte)
          and (:updated_at_gte is null or t.updated_at >= :updated_at_gte)
          and (:updated_at_lte is null or t.updated_at <= :updated_at_lte)),
       page as (
       select h.*
         from hit h
        where :after_id is null
           or case :sort
              when 'period_from' then (h.period_from, h.id) > (:after_key::date, :after_id::uuid)
              when '-period_from' then (h.period_from, h.id) < (:after_key::date, :after_id::uuid)
              when 'updated_at' then (h.updated_at, h.id) > (:after_key::timestamptz, :after_id::uuid)
              when '-updated_at' then (h.updated_at, h.id) < (:after_key::timestamptz, :after_id::uuid)
              end
        order by case :sort when 'period_from' then h.period_from end,
                 case :sort when '-period_from' then h.period_from end desc,
                 case :sort when 'updated_at' then h.updated_at end,
                 case :sort when '-updated_at' then h.updated_at end desc,
                 case when :sort like '-%' then h.id end desc,
                 h.id
        limit :limit)
select r.*, t.n as _total, case when :sort like '%period_from' then r.period_from::text else r.updated_at::text end as _key,
       r.id::text as _id
  from :total t
       left join lateral target_rows(array(select p.id from page p), :expand) r on true
