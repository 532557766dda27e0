-- The progress of a commitment, latest first.
  with page as (
       select p.*
         from commitment_progress p
        where p.commitment_id = :id
          and (:after_id is null or (p.noted_on, p.id) < (:after_key::date, :after_id::uuid))
        order by p.noted_on desc, p.id desc
        limit :limit)
select r.*, null::bigint as _total, r.noted_on::text as _key, r.id::text as _id
  from (select where exists (select from commitment c where c.id = :id and c.deleted_at is null) or refuse('not_found')) found
       left join page p on true
       left join lateral commitment_progress_row(p) r on true
