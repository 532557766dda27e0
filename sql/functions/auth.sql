-- Logins and sessions. Only the engine calls these functions, as ovop_engine.

-- The password hash to check, or the seconds to wait. An unknown username gives a row without a
-- subject, at the same cost.
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

-- Uses up a refresh token and starts the next one. If the token was used before, two parties hold
-- it, so its whole family ends. 'reused' is an outcome and not an error, so that this commits.
-- An app may refresh twice at once, or lose a reply. So a token may be used again within ten
-- seconds, as long as no token that came after it was used.
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
               when family.revoked_at is not null then 'unknown'
               when token.used_at < now() - interval '10 seconds'
                    or exists (select
                                 from refresh_token t
                                where t.family = family.id
                                  and t.used_at > token.used_at) then 'reused'
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
      update refresh_token t set used_at = now() where t.hash = token.hash and t.used_at is null;
      insert into refresh_token values (new_hash, family.id, now() + make_interval(secs => ttl_seconds));
    end if;
  end if;
  return next;
end
$$;

-- RFC 7009: ends the whole login. An unknown token is no error.
create function auth_revoke(refresh_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update refresh_family f
     set revoked_at = now()
   where f.id = (select t.family from refresh_token t where t.hash = refresh_hash)
     and f.revoked_at is null;
end
$$;

-- A system's secret is random and long, so a comparison of its digest is safe here.
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

-- The throttle for a password change counts by account alone. The caller holds a token, so a
-- stranger cannot block the caller.
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

-- Only guesses are throttled. A caller who knows the password has not failed, even if the new
-- password is refused.
create function auth_password_known(subject uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  select throttle_clear(throttle_account('password', subject::text), '-');
$$;

create function auth_enter(subject uuid, address text, kept text, renewed text, refresh_hash text, ttl_seconds int) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  family uuid;
begin
  perform from credential c where c.subject = subject and c.digest = kept for no key update;
  if not found then
    return false;
  end if;

  update credential c set digest = renewed where c.subject = subject and renewed is not null;
  perform throttle_clear(throttle_account('user', u.username), address) from user_account u where u.id = subject;
  insert into refresh_family (subject) values (subject) returning id into family;
  insert into refresh_token values (refresh_hash, family, now() + make_interval(secs => ttl_seconds));
  return true;
end
$$;

grant execute on function
  auth_login(text, text), auth_refresh(text, text, int), auth_revoke(text),
  auth_client(text, text, text), auth_password(uuid), auth_password_known(uuid), auth_password_set(uuid, text),
  auth_enter(uuid, text, text, text, text, int)
  to ovop_engine;
