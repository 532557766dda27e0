-- The claims of the caller. The functions that policies need are in the migrations.

-- Whether no village limits the caller: the Dinas, the Bupati's office, or a system for the whole
-- district.
create function claim_everywhere() returns boolean
language sql stable parallel safe as $$
  select coalesce(claim_role() in ('dinas', 'bupati') or claim_role() = 'system' and claim_district(), false)
$$;

-- Repeats the village policies in constants. So the planner knows how few rows the policies leave,
-- and begins with them.
create function claims_hold(claims jsonb, village_code text) returns boolean
language sql immutable parallel safe as $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or village_code = any (village_present(jsonb_texts(claims -> 'villages')))
$$;

create function claims_hold(claims jsonb, villages text[]) returns boolean
language sql immutable parallel safe as $$
  select claims -> 'villages' is null or claims -> 'villages' ? 'district'
         or villages && village_present(jsonb_texts(claims -> 'villages'))
$$;

-- The system that a record came from. A client cannot set it.
create function claim_source() returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if claim_role() = 'system' then
    return (select a.client_id from service_account a where a.id = claim_subject());
  end if;
  return 'manual';
end
$$;

-- The owner of the tables (migrations, seeds) has no claims and may set any value. An API role
-- without claims is a fault.
create function claims_given() returns boolean
language plpgsql stable as $$
begin
  if claim_role() is not null then
    return true;
  end if;
  if current_user in ('ovop_public', 'ovop_bumdes', 'ovop_dinas', 'ovop_bupati', 'ovop_system', 'ovop_admin') then
    perform refuse('forbidden');
  end if;
  return false;
end
$$;

grant execute on function
  claim_everywhere()
  to ovop_api, ovop_engine;
grant execute on function
  claims_hold(jsonb, text), claims_hold(jsonb, text[]), claim_source(), claims_given()
  to ovop_api;
