-- One effect for one Idempotency-Key: the claim, the write and its reply stand or fall in the same transaction.

create table idempotency_key (
  principal  text not null,
  key        text not null,
  hash       text not null,   -- over method, path, the client's own bytes and what the caller may do
  created_at timestamptz not null default now(),
  reply      json,            -- json, not jsonb: scale, microseconds and order come back as they were
  primary key (principal, key)
);

create index on idempotency_key (created_at);

call force_policies('idempotency_key');

-- Runs as the login, in the statement that sets the claims. A claim without a reply (its request was refused after all, or found
-- no row) is free again; one that is being worked on makes this wait, until lock_timeout.
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

-- Keeps the reply's columns for this transaction's key, if it has one. Every API role calls it: the compiler makes it the last
-- part of a write's own statement. It reaches no key but the one that this transaction claimed.
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

-- The kept reply, for a request whose claim said idempotency_replay: that it is the same, made by the same caller with the same
-- scope, is in the hash. Runs as the login.
create function idempotency_replay(principal text, key text) returns json
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
  return (select k.reply from idempotency_key k where k.principal = principal and k.key = key);
end
$$;

grant execute on function idempotency_keep(json) to ovop_api;
