-- Accounts of people.

create trigger touch before insert or update on user_account for each row execute function touch();

call audit_table('user_account', 'user', '{full_name}');

create function user_row(u user_account)
returns table (id uuid, username text, full_name text, role text, villages json, must_change_password boolean, disabled boolean,
               version int, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select u.id, u.username, u.full_name, u.role, array_to_json(u.villages), u.must_change_password, u.disabled_at is not null,
         u.version, u.created_at, u.created_by, u.updated_at, u.updated_by
$$;

grant execute on function
  user_row(user_account)
  to ovop_admin;
