-- Who is who in the database: one role per role of the API, one for the engine, and what a fresh database leaves too open.
-- Roles belong to the cluster, so another database of it may have made them already.

set local client_min_messages = warning;

do $$
declare
  r text;
begin
  foreach r in array array['ovop_api', 'ovop_public', 'ovop_bumdes', 'ovop_dinas', 'ovop_bupati', 'ovop_system', 'ovop_admin',
                           'ovop_engine'] loop
    begin
      execute format('create role %I nologin', r);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;

  execute format('revoke all on database %I from public', current_database());
end
$$;

-- ovop_api is what all six have in common; nobody sets it as a role.
grant ovop_api to ovop_public, ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system, ovop_admin;

revoke all on schema public from public;
grant usage on schema public to ovop_api, ovop_engine;

-- A function is executable by those to whom it was granted by name.
alter default privileges revoke execute on functions from public;

-- Below a policy an operator may use its index only when it is leakproof, and only a superuser may say so: of `@@`, and of `&&`
-- and `@>` between arrays, which tell no more of their texts than `=` does.
do $$
declare
  f text;
begin
  foreach f in array array['ts_match_vq(tsvector, tsquery)', 'arrayoverlap(anyarray, anyarray)',
                           'arraycontains(anyarray, anyarray)'] loop
    begin
      execute format('alter function pg_catalog.%s leakproof', f);
    exception when insufficient_privilege then
      raise warning 'search and filters by village stay slow below row-level security: ask a superuser of this server to run'
                    ' "alter function % leakproof" in this database', f;
    end;
  end loop;
end
$$;

-- What a refused row held, a contact say, does not go into the server's log. Only a superuser may say so.
do $$
begin
  execute format('alter database %I set log_error_verbosity = terse', current_database());
  execute format('alter database %I set log_parameter_max_length_on_error = 0', current_database());
exception when insufficient_privilege then
  raise warning 'the log of this server may hold personal data: ask a superuser to set log_error_verbosity = terse and'
                ' log_parameter_max_length_on_error = 0 in this database';
end
$$;

-- Makes a login the service's own. It inherits nothing: what it does, it does as one of the API roles.
create function grant_login(login text) returns void
language plpgsql as $$
begin
  execute format('alter role %I noinherit', login);
  execute format('grant ovop_public, ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system, ovop_admin, ovop_engine to %I', login);
  execute format('grant connect on database %I to %I', current_database(), login);
  execute format('grant usage on schema public to %I', login);
  -- Called in the statement that sets the claims, before the role is set.
  execute format('grant execute on function idempotency_claim(text, text, text), idempotency_replay(text, text) to %I', login);

  if to_regclass('public.schema_migrations') is not null then
    execute format('grant select on schema_migrations to %I', login);
  end if;
end
$$;
