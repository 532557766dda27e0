-- Throttling of logins.

create function throttle_account(kind text, name text) returns text
language sql immutable as $$
  select encode(sha256(convert_to(kind || ' ' || lower(name), 'UTF8')), 'hex')
$$;

-- Returns the seconds to wait. If 0, the attempt counts as failed until throttle_clear(), so that
-- parallel guesses gain nothing.
-- From one address three attempts are free, then the wait is 2, 4, 8 … 900 s. All unknown addresses
-- together have five free attempts, then wait at most 60 s between two attempts. An address with an
-- earlier login does not wait for strangers.
create function throttle_try(account text, address text) returns int
language plpgsql as $$
#variable_conflict use_variable
declare
  pair   login_throttle;
  wide   login_throttle;
  moment timestamptz;
  wait   int;
begin
  -- Locks both rows, always in this order, until the attempt is counted.
  insert into login_throttle as t (account, address) values (account, '*')
      on conflict on constraint login_throttle_pkey do update set account = excluded.account
  returning * into wide;
  insert into login_throttle as t (account, address) values (account, address)
      on conflict on constraint login_throttle_pkey do update set account = excluded.account
  returning * into pair;

  moment := clock_timestamp();
  wait := ceil(extract(epoch from greatest(pair.next_at, case when pair.succeeded_at is null then wide.next_at end) - moment));
  if wait > 0 then
    return wait;
  end if;

  update login_throttle t
     set failures = n.failures,
         last_at = moment,
         next_at = case
                     when n.failures >= n.free
                     then moment + make_interval(secs => least(2 ^ least(n.failures - n.free + 1, 10), n.longest))
                   end
    from (select '*' as address, 1 + case when wide.last_at > moment - interval '1 day' then wide.failures else 0 end as failures,
                 5 as free, 60 as longest
           where pair.succeeded_at is null
           union all
          select address, 1 + case when pair.last_at > moment - interval '1 day' then pair.failures else 0 end, 3, 900) n
   where t.account = account
     and t.address = n.address;
  return 0;
end
$$;

create function throttle_clear(account text, address text) returns void
language plpgsql as $$
#variable_conflict use_variable
begin
  update login_throttle t
     set failures = 0, next_at = null, last_at = now(),
         succeeded_at = case when t.address = address then now() end
   where t.account = account
     and t.address in (address, '*');
end
$$;
