-- Accounts: people with a password, other systems with a secret. The administrator manages both but
-- sees no secret. Only the engine's auth functions read secrets.

create table user_account (
  id                   uuid default uuid_v7() constraint user_account_id__unique primary key,
  username             text not null
                       constraint user_account_username__unique unique
                       constraint user_account_username__pattern check (username ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
  full_name            text not null
                       constraint user_account_full_name__required check (trim(full_name) <> ''),
  role                 text not null
                       constraint user_account_role__enum check (role in ('admin', 'bupati', 'dinas', 'bumdes')),
  villages             text[]
                       constraint user_account_villages__scope
                       check (case role when 'bumdes' then coalesce(cardinality(villages), 0) > 0 else villages is null end)
                       -- A token contains the villages.
                       constraint user_account_villages__range check (cardinality(villages) <= 100),
  must_change_password boolean not null default true,
  disabled_at          timestamptz(3),
  search               tsvector not null generated always as (to_tsvector('simple', username || ' ' || full_name)) stored,
  version              int not null default 1,
  created_at           timestamptz(3) not null default now(),
  created_by           uuid default claim_subject(),
  updated_at           timestamptz(3) not null default now(),
  updated_by           uuid
);

create index on user_account using gin (search);

create table service_account (
  id          uuid default uuid_v7() constraint service_account_id__unique primary key,
  client_id   text not null
              constraint service_account_client_id__unique unique
              constraint service_account_client_id__pattern check (client_id ~ '^[a-z0-9][a-z0-9._-]{2,63}$')
              constraint service_account_client_id__reserved check (client_id not in ('manual', 'import', 'sample')),
  name        text not null
              constraint service_account_name__required check (trim(name) <> ''),
  scopes      text[] not null
              constraint service_account_scopes__enum
              check (cardinality(scopes) > 0
                     and scopes <@ array['register:read', 'register:write', 'production:write', 'exports:write', 'reports:read',
                                         'changes:read']),
  villages    text[] not null
              constraint service_account_villages__scope
              check (cardinality(villages) > 0 and (villages = '{district}' or 'district' <> all (villages)))
              constraint service_account_villages__range check (cardinality(villages) <= 100),
  disabled_at timestamptz(3),
  search      tsvector not null generated always as (to_tsvector('simple', client_id || ' ' || name)) stored,
  version     int not null default 1,
  created_at  timestamptz(3) not null default now(),
  created_by  uuid default claim_subject(),
  updated_at  timestamptz(3) not null default now(),
  updated_by  uuid
);

create index on service_account using gin (search);

-- The argon2id hash of a password, or the SHA-256 of a system's random secret. No role has a grant
-- on this table.
create table credential (
  subject    uuid primary key,
  digest     text not null,
  changed_at timestamptz not null default now()
);

-- A login starts a family of refresh tokens. Each token is used once and followed by the next.
-- Using, ending or starting a token locks the family's row. So a parallel refresh or a logout waits
-- its turn.
create table refresh_family (
  id         uuid primary key default uuid_v7(),
  subject    uuid not null,
  revoked_at timestamptz
);

create index on refresh_family (subject);

create table refresh_token (
  hash       text primary key,
  family     uuid not null references refresh_family on delete cascade,
  expires_at timestamptz not null,
  used_at    timestamptz
);

create index on refresh_token (family);
create index on refresh_token (expires_at);

-- Failed attempts on an account: from one address, and ('*') from all addresses that never logged
-- in to it.
create table login_throttle (
  account      text not null,   -- a digest, since people type passwords into this field by mistake
  address      text not null,
  failures     int not null default 0,
  last_at      timestamptz not null default now(),
  next_at      timestamptz,
  succeeded_at timestamptz,
  primary key (account, address)
);

create index on login_throttle (last_at);

call force_policies('user_account', 'service_account', 'credential', 'refresh_family', 'refresh_token', 'login_throttle');

create policy admin_all on user_account to ovop_admin using (true) with check (true);
create policy admin_all on service_account to ovop_admin using (true) with check (true);
create policy self_select on user_account for select to ovop_api using (id = (select claim_subject()));
create policy self_select on service_account for select to ovop_api using (id = (select claim_subject()));

grant select on user_account, service_account to ovop_admin, ovop_bupati, ovop_dinas, ovop_bumdes, ovop_system;

grant insert (username, full_name, role, villages), update (full_name, role, villages, must_change_password, disabled_at)
   on user_account to ovop_admin;
grant insert (client_id, name, scopes, villages), update (name, scopes, villages, disabled_at)
   on service_account to ovop_admin;
