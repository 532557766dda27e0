-- Idempotency-Key: the claim, the write and its reply commit or roll back in one transaction.

-- Runs as the login, in the statement that sets the claims. A claim without a reply is free again:
-- its request was refused later, or found no row. If another transaction is working on the claim,
-- this one waits until lock_timeout.
create function idempotency_claim(principal text, key text, hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  claimed boolean;
begin
  if key is null then
    return;
  end if;

  insert into idempotency_key as k (principal, key, hash)
  values (principal, key, hash)
      on conflict on constraint idempotency_key_pkey do update
     set hash = excluded.hash, created_at = excluded.created_at
   where k.reply is null
  returning true into claimed;

  if claimed then
    perform set_config('app.idempotency', jsonb_build_array(principal, key)::text, true);
  elsif exists (select from idempotency_key k where k.principal = principal and k.key = key and k.hash = hash) then
    raise exception 'idempotency_replay' using errcode = 'PT208';
  else
    raise exception 'idempotency_key_reused' using errcode = 'PT422';
  end if;
end
$$;

-- Keeps the reply's columns for this transaction's key, if it has one. Every API role calls it: the
-- compiler makes it the last part of each write statement. It reaches only the key that this
-- transaction claimed.
create function idempotency_keep(reply json) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  claim jsonb := nullif(current_setting('app.idempotency', true), '');
begin
  if claim is not null then
    update idempotency_key k
       set reply = reply
     where k.principal = claim ->> 0
       and k.key = claim ->> 1;
  end if;
end
$$;

-- The kept reply, after idempotency_claim() has raised idempotency_replay. The hash covers the
-- request, the caller and the scope, so they are the same. Runs as the login.
create function idempotency_replay(principal text, key text) returns json
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
  return (select k.reply from idempotency_key k where k.principal = principal and k.key = key);
end
$$;

grant execute on function
  idempotency_keep(json)
  to ovop_api;
