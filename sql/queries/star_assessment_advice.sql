-- What an estimate lacks for one star more.
select r.*
  from star_assessment a, star_advice(a) r
 where a.id = :id
   and a.deleted_at is null
