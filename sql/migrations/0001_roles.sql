-- Database roles: one for each role of the API, and one for the engine. Also revokes the open
-- defaults of a new database.
-- Roles belong to the cluster: another database of it may have created them already.

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

-- ovop_api holds the rights that the six roles share. No connection sets it as its role.
grant ovop_api to ovop_public, ovop_bumdes, ovop_dinas, ovop_bupati, ovop_system, ovop_admin;

revoke all on schema public from public;

grant usage on schema public to ovop_api, ovop_engine;

-- Under a policy, an operator can use its index only if it is leakproof, and only a superuser may
-- declare that. `@@`, and `&&` and `@>` between arrays, reveal no more of their texts than `=`.
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

-- Keeps the values of a refused row, such as a contact, out of the server's log. Only a superuser
-- may set this.
do $$
begin
  execute format('alter database %I set log_error_verbosity = terse', current_database());
  execute format('alter database %I set log_parameter_max_length_on_error = 0', current_database());
exception when insufficient_privilege then
  raise warning 'the log of this server may hold personal data: ask a superuser to set log_error_verbosity = terse and'
                ' log_parameter_max_length_on_error = 0 in this database';
end
$$;
