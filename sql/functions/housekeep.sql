-- Housekeeping. Any instance may do it, but only one at a time.

-- Returns what was done, for the log; above all, the new seal. Null if another instance is doing
-- it.
create function housekeep() returns json
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seal     audit_seal;
  keys     bigint;
  tokens   bigint;
  attempts bigint;
  persons  bigint;
begin
  if not pg_try_advisory_xact_lock(hashtext('housekeep')) then
    return null;
  end if;

  seal := audit_seal_next();

  delete from idempotency_key where created_at < now() - interval '48 hours';
  get diagnostics keys = row_count;

  -- A used token is kept until its expiry, because its reuse must be noticed.
  delete from refresh_token where expires_at < now();
  get diagnostics tokens = row_count;
  delete from refresh_family f where not exists (select from refresh_token t where t.family = f.id);

  -- An address with a successful login stays known for 90 days.
  delete
    from login_throttle
   where last_at < now() - interval '1 day'
     and coalesce(succeeded_at < now() - interval '90 days', true);
  get diagnostics attempts = row_count;

  persons := forget_due();

  return json_build_object(
    'seal', case
              when seal.id is not null
              then json_build_object('id', seal.id, 'first_id', seal.first_id, 'last_id', seal.last_id, 'digest', seal.digest)
            end,
    'idempotency_keys', keys, 'refresh_tokens', tokens, 'login_attempts', attempts,
    'persons_forgotten', persons);
end
$$;

grant execute on function
  housekeep()
  to ovop_engine;
