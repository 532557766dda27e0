-- The market steps of a product, latest first.
  with page as (
       select s.*
         from product p, product_market_step_row(p) s
        where p.id = :id
          and p.deleted_at is null
          and (:state is null or s.state = any (:state))
          and (:after_id is null or (s.reached_on, s.id) < (:after_key::date, :after_id::uuid))
        order by s.reached_on desc, s.id desc
        limit :limit)
select s.*, null::bigint as _total, s.reached_on::text as _key, s.id::text as _id
  from (select where exists (select from product p where p.id = :id and p.deleted_at is null) or refuse('not_found')) found
       left join page s on true
