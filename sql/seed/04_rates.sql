-- About how many rupiah a unit of each currency was worth in 2026: enough to see a wrong point or a
-- wrong currency. The Dinas maintains the rates afterwards.
update reference c
   set rate_idr = r.rate_idr
  from jsonb_to_recordset(:rows) as r (code text, rate_idr numeric)
 where c.list = 'currencies'
   and c.code = r.code
   and c.rate_idr is null
