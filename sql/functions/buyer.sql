-- Buyers and their contact persons.

call business_triggers('buyer', personal => '{contact_name,contact_phone,contact_email}');

create function violations(b buyer) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(b.village_code)
             union all
            select * from name_rules('/name', b.name)
             union all
            values
        ('/country_code', 'exists', not exists (select from reference r where r.list = 'countries' and r.code = b.country_code))
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on buyer for each row execute function refuse_violations();

create function buyer_row(b buyer)
returns table (id uuid, name text, kind text, country_code text, website text, notes text, contact_name text, village_code text,
  district_code text, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select b.id, b.name, b.kind, b.country_code, b.website, b.notes, (b.contact_name).mask, b.village_code, b.district_code,
         a.allowed_actions, b.version, b.source, b.created_at, b.created_by, b.updated_at, b.updated_by
    from kept_actions('buyer', b.village_code) a
$$;

create function buyer_contact_row(b buyer)
returns table (name text, phone text, email text, version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select (b.contact_name).mask, (b.contact_phone).mask, (b.contact_email).mask, b.version, b.updated_at, b.updated_by
$$;

grant execute on function
  violations(buyer), buyer_row(buyer), buyer_contact_row(buyer)
  to ovop_api;

call list_rows('buyer');
