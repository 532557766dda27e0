-- Idempotency keys: the claim, the write and its reply commit in one transaction, so that a key has
-- one effect.

create table idempotency_key (
  principal  text not null,
  key        text not null,
  hash       text not null,   -- of method, path, the body as sent and the caller's rights
  created_at timestamptz not null default now(),
  reply      json,            -- json, not jsonb, keeps scale, microseconds and order
  primary key (principal, key)
);

create index on idempotency_key (created_at);

call force_policies('idempotency_key');
