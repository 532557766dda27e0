-- Generated columns call these, and pg_dump knows what a function calls only of a body that is parsed when it is made, as here.
-- Else it makes the table before what that needs, with no schema in its path: neither products nor UMKM came back from a backup.

create or replace function size_class(founded_on date, capital bigint, sales bigint) returns text
language sql immutable parallel safe
return case size_basis(founded_on, capital, sales)
         when 'capital' then case when capital <= 1000000000 then 'mikro'
                                  when capital <= 5000000000 then 'kecil'
                                  when capital <= 10000000000 then 'menengah'
                                  else 'besar' end
         when 'sales' then case when sales <= 2000000000 then 'mikro'
                                when sales <= 15000000000 then 'kecil'
                                when sales <= 50000000000 then 'menengah'
                                else 'besar' end
       end;

create or replace function market_reach(steps market_step[]) returns text
language sql immutable parallel safe
return (select s.level from market_steps_effective(steps) s limit 1);

create or replace function market_reached_on(steps market_step[]) returns date
language sql immutable parallel safe
return (select s.reached_on from market_steps_effective(steps) s limit 1);
