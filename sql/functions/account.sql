-- Rules for the accounts of people and of other systems.

-- Rules that a CHECK cannot express. A definer, because it looks up villages and other
-- administrators.
create function account_rules() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.villages := (select array_agg(distinct v order by v) from unnest(village_present(new.villages)) v);

  if exists (select
               from unnest(new.villages) v
              where not (v = 'district' and tg_table_name = 'service_account')
                and not exists (select from village where code = v)) then
    perform refuse('validation_failed', violation('/villages', 'exists'));
  end if;

  if name_fault(to_jsonb(new) ->> 'full_name', of_person => true) is not null then
    perform refuse('validation_failed', violation('/full_name', name_fault(to_jsonb(new) ->> 'full_name', of_person => true)));
  end if;

  if tg_table_name = 'user_account' and tg_op = 'UPDATE' then
    if old.role = 'admin' and old.disabled_at is null and (new.role <> 'admin' or new.disabled_at is not null) then
      -- This locks all administrators, so that two of them cannot remove each other at once.
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
