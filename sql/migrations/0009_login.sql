-- What the engine alone may call, as ovop_engine: it holds passwords and secrets for as long as it checks them.

create function throttle_account(kind text, name text) returns text
language sql immutable as $$
  select encode(sha256(convert_to(kind || ' ' || lower(name), 'UTF8')), 'hex')
$$;

-- Seconds to wait, or 0 and the attempt is counted as failed until throttle_clear() says otherwise, so that parallel guesses gain
-- nothing. From one address the first three are free, then 2, 4, 8 … 900 s. All unknown addresses together have five, then at
-- most 60 s between two; an address that has logged in before is not held up by what strangers do.
create function throttle_try(account text, address text) returns int
language plpgsql as $$
#variable_conflict use_variable
declare
  pair   login_throttle;
  wide   login_throttle;
  moment timestamptz;
  wait   int;
begin
  -- Both rows are locked, in this order, until the attempt is counted.
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

-- A person's password hash to check, or how long to wait. Nobody of that name: a row without a subject, at the same cost.
create function auth_login(username text, address text)
returns table (subject uuid, password_hash text, role text, villages json, must_change boolean, retry_after int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  retry_after := throttle_try(throttle_account('user', auth_login.username), address);

  return query
  select u.id, c.digest, u.role, array_to_json(u.villages), u.must_change_password, auth_login.retry_after
    from (values (1)) one
         left join user_account u on u.username = lower(auth_login.username) and u.disabled_at is null
                                 and auth_login.retry_after = 0
         left join credential c on c.subject = u.id;
end
$$;

-- The password was right. A hash replaces the one that was made with weaker parameters.
create function auth_accept(subject uuid, address text, password_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
  perform throttle_clear(throttle_account('user', u.username), address) from user_account u where u.id = subject;

  update credential c set digest = password_hash where c.subject = subject and password_hash is not null;
end
$$;

create function auth_session(subject uuid, refresh_hash text, ttl_seconds int) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  family uuid;
begin
  insert into refresh_family (subject) values (subject) returning id into family;
  insert into refresh_token values (refresh_hash, family, now() + make_interval(secs => ttl_seconds));
end
$$;

-- Uses a refresh token up and starts the next. One that was used before is in two hands: its whole family ends, and this commits.
create function auth_refresh(refresh_hash text, new_hash text, ttl_seconds int)
returns table (outcome text, subject uuid, role text, villages json, must_change boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  family refresh_family;
  token  refresh_token;
begin
  select f.*
    into family
    from refresh_family f
   where f.id = (select t.family from refresh_token t where t.hash = refresh_hash)
     for update;
  select * into token from refresh_token t where t.hash = refresh_hash;

  outcome := case
               when token.hash is null then 'unknown'
               when token.used_at is not null then 'reused'
               when family.revoked_at is not null then 'unknown'
               when token.expires_at <= now() then 'expired'
               else 'ok'
             end;

  if outcome = 'reused' then
    update refresh_family f set revoked_at = now() where f.id = family.id and f.revoked_at is null;
  elsif outcome = 'ok' then
    select u.id, u.role, array_to_json(u.villages), u.must_change_password
      into subject, role, villages, must_change
      from user_account u
     where u.id = family.subject
       and u.disabled_at is null;
    if subject is null then
      outcome := 'unknown';
    else
      update refresh_token t set used_at = now() where t.hash = token.hash;
      insert into refresh_token values (new_hash, family.id, now() + make_interval(secs => ttl_seconds));
    end if;
  end if;
  return next;
end
$$;

-- RFC 7009: the whole login ends; an unknown token is no error.
create function auth_revoke(refresh_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update refresh_family f
     set revoked_at = now()
   where f.id = (select t.family from refresh_token t where t.hash = refresh_hash)
     and f.revoked_at is null;
end
$$;

-- A system's secret is random and long, so its digest may be compared here.
create function auth_client(client_id text, secret_digest text, address text)
returns table (subject uuid, scope json, villages json, retry_after int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  account text := throttle_account('client', auth_client.client_id);
begin
  retry_after := throttle_try(account, address);

  select a.id, array_to_json(a.scopes), array_to_json(a.villages)
    into subject, scope, villages
    from service_account a
         join credential c on c.subject = a.id
   where a.client_id = auth_client.client_id
     and c.digest = secret_digest
     and a.disabled_at is null
     and auth_client.retry_after = 0;

  if subject is not null then
    perform throttle_clear(account, address);
  end if;
  return next;
end
$$;

-- Changing one's password is throttled by account alone: the caller holds a token, so no stranger can be in the way.
create function auth_password(subject uuid)
returns table (password_hash text, retry_after int)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  retry_after := throttle_try(throttle_account('password', auth_password.subject::text), '-');

  select c.digest
    into password_hash
    from user_account u
         join credential c on c.subject = u.id
   where u.id = auth_password.subject
     and u.disabled_at is null
     and auth_password.retry_after = 0;
  return next;
end
$$;

create function auth_password_set(subject uuid, password_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
  perform throttle_clear(throttle_account('password', subject::text), '-');
  perform credential_put(subject, password_hash);
  update user_account u set must_change_password = false where u.id = subject;
end
$$;

-- For `ovopd admin create`, as the owner: a new administrator, or a new password for one who lost it.
create function admin_create(username text, password_hash text, full_name text) returns uuid
language plpgsql as $$
#variable_conflict use_variable
declare
  admin uuid;
begin
  insert into user_account as u (username, full_name, role)
  values (username, full_name, 'admin')
      on conflict on constraint user_account_username__unique do update
     set must_change_password = true, disabled_at = null
   where u.role = 'admin'
  returning u.id into admin;

  if admin is null then
    raise exception 'user "%" exists and is no administrator', username;
  end if;
  perform credential_put(admin, password_hash);
  return admin;
end
$$;

grant execute on function
  auth_login(text, text), auth_accept(uuid, text, text), auth_session(uuid, text, int), auth_refresh(text, text, int),
  auth_revoke(text), auth_client(text, text, text), auth_password(uuid), auth_password_set(uuid, text)
  to ovop_engine;
