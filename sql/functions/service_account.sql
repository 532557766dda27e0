-- Accounts of other systems.

create trigger touch before insert or update on service_account for each row execute function touch();

call audit_table('service_account', 'service_account');

create function service_account_row(a service_account)
returns table (id uuid, client_id text, name text, scopes json, villages json, disabled boolean,
               version int, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select a.id, a.client_id, a.name, array_to_json(a.scopes), array_to_json(a.villages), a.disabled_at is not null,
         a.version, a.created_at, a.created_by, a.updated_at, a.updated_by
$$;

grant execute on function
  service_account_row(service_account)
  to ovop_admin;
