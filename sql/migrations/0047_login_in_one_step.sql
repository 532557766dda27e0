-- A login in one step, of the hash that was compared: where a password is changed or reset meanwhile, a login by the old one is none. Before, its
-- session began after all others had been ended. `renewed`: the hash by which the password is kept from now on, or null.
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

comment on function auth_accept(uuid, text, text) is 'of instances that are older than 0047';
comment on function auth_session(uuid, text, int) is 'of instances that are older than 0047';

grant execute on function auth_enter(uuid, text, text, text, text, int) to ovop_engine;
