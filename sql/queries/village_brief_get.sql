-- One page about a village of the caller's scope.
select b.*
  from village v, village_briefing(v) b
 where v.code = village_present(:code)
   and in_scope(v.code)
