-- Districts (kecamatan).

create trigger touch before insert or update on district for each row execute function touch();

create function district_row(d district)
returns table (code text, bps_code text, name text, latitude numeric, longitude numeric, postcode text, desa_count integer,
  kelurahan_count integer, version integer, updated_at timestamptz)
language sql stable as $$
  select d.code, d.bps_code, d.name, d.latitude, d.longitude, d.postcode,
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'desa'),
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'kelurahan'),
         d.version, d.updated_at
$$;

-- Renames a kecamatan by decree. The foreign key gives its villages the new name. A definer, because
-- nobody else may change a kecamatan.
create function district_rename(code text, body jsonb, if_match text[]) returns district
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_variable
declare
  was    district;
  is_now district;
begin
  if (body ->> 'decreed_on')::date > today() then
    perform refuse('validation_failed', violation('/decreed_on', 'future'));
  end if;
  select d.* into was from district d where d.code = code for update;
  if not found then
    return null;
  end if;
  perform check_version(was.version, if_match);
  update district d set name = body ->> 'name' where d.code = code returning d.* into is_now;
  perform audit_write('district', code, null, 'update', jsonb_build_object(
    'name', jsonb_build_array(was.name, is_now.name), 'decree_number', jsonb_build_array(null, body -> 'decree_number'),
    'decreed_on', jsonb_build_array(null, body -> 'decreed_on')));
  return is_now;
end
$$;

grant execute on function
  district_rename(text, jsonb, text[])
  to ovop_dinas;
grant execute on function
  district_row(district)
  to ovop_api;
