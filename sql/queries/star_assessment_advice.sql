-- The points and documents that an estimate lacks for the next star.
select r.*
  from star_assessment a, star_advice(a) r
 where a.id = :id
   and a.deleted_at is null
