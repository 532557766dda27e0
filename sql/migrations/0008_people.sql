-- Who logs in: people with a password, other systems with a secret. The administrator keeps both and sees no secret; the engine's
-- auth functions are the only ones that do.

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
                       constraint user_account_villages__range check (cardinality(villages) <= 100),   -- a token holds them
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

-- A password's argon2id hash, or the SHA-256 of a system's random secret. Nobody is granted anything here.
create table credential (
  subject    uuid primary key,
  digest     text not null,
  changed_at timestamptz not null default now()
);

-- A login starts a family of refresh tokens; each is used once and followed by the next. Whoever uses, ends or starts one holds
-- the family's row, so that neither a parallel refresh nor a logout can be outrun.
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

-- Failed attempts on an account: from one address, and ('*') from all addresses it never logged in from.
create table login_throttle (
  account      text not null,   -- a digest: people type passwords into the wrong field
  address      text not null,
  failures     int not null default 0,
  last_at      timestamptz not null default now(),
  next_at      timestamptz,
  succeeded_at timestamptz,
  primary key (account, address)
);

create index on login_throttle (last_at);

-- What a CHECK cannot say of an account. A definer, because villages and other administrators are looked up.
create function account_rules() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.villages := (select array_agg(distinct v order by v) from unnest(new.villages) v);

  if exists (select
               from unnest(new.villages) v
              where not (v = 'district' and tg_table_name = 'service_account')
                and not exists (select from village where code = v)) then
    perform refuse('validation_failed', violation('/villages', 'exists'));
  end if;

  if tg_table_name = 'user_account' and tg_op = 'UPDATE' then
    if old.role = 'admin' and old.disabled_at is null and (new.role <> 'admin' or new.disabled_at is not null) then
      -- All of them are locked, so that two administrators cannot remove each other at once.
      perform from user_account u where u.role = 'admin' and u.disabled_at is null order by u.id for update;
      if not exists (select from user_account u where u.role = 'admin' and u.disabled_at is null and u.id <> old.id) then
        perform refuse('state_conflict',
                       violation(case when new.role <> 'admin' then '/role' else '/disabled' end, 'last_admin'));
      end if;
    end if;

    if new.role <> old.role or new.disabled_at is not null and old.disabled_at is null then
      update refresh_family f set revoked_at = now() where f.subject = old.id and f.revoked_at is null;
    end if;
  end if;
  return new;
end
$$;

create trigger rules before insert or update on user_account for each row execute function account_rules();
create trigger rules before insert or update on service_account for each row execute function account_rules();
create trigger touch before insert or update on user_account for each row execute function touch();
create trigger touch before insert or update on service_account for each row execute function touch();

call audit_table('user_account', 'user', '{full_name}');
call audit_table('service_account', 'service_account');

-- A new secret: the administrator's half of user_create, user_reset_password, service_account_create and …_rotate_secret.
create function credential_put(subject uuid, digest text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
begin
  insert into credential as c
  values (subject, digest)
      on conflict on constraint credential_pkey do update
     set digest = excluded.digest, changed_at = now();

  update refresh_family f set revoked_at = now() where f.subject = subject and f.revoked_at is null;
  perform audit_write('credential', subject::text, null, 'update', '{}');
end
$$;

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
grant execute on function credential_put(uuid, text) to ovop_admin;

create function user_row(u user_account)
returns table (id uuid, username text, full_name text, role text, villages json, must_change_password boolean, disabled boolean,
               version int, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select u.id, u.username, u.full_name, u.role, array_to_json(u.villages), u.must_change_password, u.disabled_at is not null,
         u.version, u.created_at, u.created_by, u.updated_at, u.updated_by
$$;

create function service_account_row(a service_account)
returns table (id uuid, client_id text, name text, scopes json, villages json, disabled boolean,
               version int, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select a.id, a.client_id, a.name, array_to_json(a.scopes), array_to_json(a.villages), a.disabled_at is not null,
         a.version, a.created_at, a.created_by, a.updated_at, a.updated_by
$$;

grant execute on function user_row(user_account), service_account_row(service_account) to ovop_admin;
