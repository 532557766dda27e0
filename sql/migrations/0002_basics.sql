-- Ids and the caller's claims, for the defaults and policies of all tables.

-- RFC 9562, version 7: milliseconds, the digit 7, 1/4096 ms, and half of a random UUID. The
-- fraction keeps ids in the order of their creation.
create function uuid_v7() returns uuid
language sql volatile parallel safe as $$
  select (overlay(lpad(to_hex(floor(extract(epoch from clock_timestamp()) * 4096000)::bigint), 15, '0') placing '7' from 13 for 0)
          || right(gen_random_uuid()::text, 17))::uuid
$$;

-- The claims of the caller's token, which the engine sets for one transaction. {} for the public.
create function claims() returns jsonb
language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('app.claims', true), '')::jsonb, '{}')
$$;

create function claim_subject() returns uuid
language sql stable parallel safe as $$
  select (claims() ->> 'sub')::uuid
$$;

create function claim_role() returns text
language sql stable parallel safe as $$
  select claims() ->> 'role'
$$;

-- The elements of a JSON array of strings. Null for any other value.
create function jsonb_texts(list jsonb) returns text[]
language plpgsql immutable strict parallel safe as $$
begin
  if jsonb_typeof(list) <> 'array' then
    return null;
  end if;
  if jsonb_array_length(list) = 1 then
    return array[list ->> 0];
  end if;
  return array(select jsonb_array_elements_text(list));
end
$$;

-- Null without villages. Then every comparison with it is null, and the caller has no access.
create function claim_villages() returns text[]
language sql stable parallel safe as $$
  select jsonb_texts(claims() -> 'villages')
$$;

create function claim_district() returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() -> 'villages' ? 'district', false)
$$;

create function claim_scope(scope text) returns boolean
language sql stable parallel safe as $$
  select coalesce(claims() -> 'scope' ? scope, false)
$$;

grant execute on function
  uuid_v7(), claims(), claim_subject(), claim_role(), jsonb_texts(jsonb), claim_villages(),
  claim_district(), claim_scope(text)
  to ovop_api, ovop_engine;
