-- A page of some villages' products by name, as most clients ask: each village is walked in the order of an index, and what other
-- villages lead and share with these is little. Without villages the whole statement is asked: `is not null` says so to the
-- compiler. Where the page starts is a subselect: PostgreSQL takes `coalesce` for leaky, and under a policy a leaky condition is a
-- filter of the index, not where it is entered.
  with start as (
       select coalesce(:after_key, '') as name_id,
              coalesce(:after_id::uuid, '00000000-0000-0000-0000-000000000000') as id),
       shared as (
       select p.id, p.name_id
         from product p
        where p.deleted_at is null
          and cardinality(p.villages) > 1
          and p.villages && :village_code
          and p.village_code <> all (:village_code)
          and (:status is null or p.status = any (:status))
          and (p.name_id, p.id) > ((select a.name_id from start a), (select a.id from start a))),
       page as (
       select k.id, k.name_id
         from (select p.id, p.name_id
                 from (select distinct unnest(:village_code) as code) v
                      cross join lateral
                      (select p.id, p.name_id
                         from product p
                        where p.deleted_at is null
                          and p.village_code = v.code
                          and (:status is null or p.status = any (:status))
                          and (p.name_id, p.id) > ((select a.name_id from start a), (select a.id from start a))
                        order by p.name_id, p.id
                        limit :limit) p
                where :village_code is not null
               union all
               select s.id, s.name_id
                 from shared s) k
        order by k.name_id, k.id
        limit :limit)
select r.*, null::bigint as _total, r.name_id as _key, r.id::text as _id
  from product_rows(array(select p.id from page p order by p.name_id, p.id), :expand) r
