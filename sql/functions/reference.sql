-- Code lists.

create function violations(r reference) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/code', 'pattern', r.code !~ case r.list
           when 'kbli' then '^[0-9]{5}$'
           when 'hs' then '^([0-9]{4}|[0-9]{6}|[0-9]{8})$'
           when 'countries' then '^[A-Z]{2}$'
           when 'currencies' then '^[A-Z]{3}$'
           when 'incoterms' then '^[A-Z]{3}$'
           when 'ports' then '^[A-Z]{2}[A-Z2-9]{3}$'
           else '^[a-z][a-z0-9_]*$'
         end),
        ('/edition', 'required', r.list in ('kbli', 'hs', 'incoterms') and r.edition is null),
        ('/rate_idr', 'range', r.rate_idr = 0),
        ('/valid_to', 'before_start', r.valid_to < r.valid_from),
        ('/unit', 'required', r.list = 'indicators' and r.unit is null),
        ('/figure', 'exists', r.figure is not null
           and not exists (select from report_figure f where concat_ws('.', f.report, f.figure) = r.figure)),
        ('/country_code', 'exists', r.country_code is not null
           and not exists (select from reference c where c.list = 'countries' and c.code = r.country_code)),
        -- Names of goods may hold rows of digits: `1,1,1,2,3,4,4,5,5,5-decafluoropentane`.
        ('/name', 'name_address', name_fault(r.name) = 'name_address'),
        ('/name_en', 'name_address', name_fault(r.name_en) = 'name_address')
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

-- A code without the dots and spaces that people write between its digits.
create function reference_plain(code text) returns text
language sql immutable parallel safe as $$
  select translate(code, '. ', '')
$$;

create function reference_plain(codes text[]) returns text[]
language sql immutable parallel safe as $$
  select array(select reference_plain(c.code) from unnest(codes) c (code))
$$;

-- The edition for a code that comes without one: of those that have the code, the one in force. For
-- a code that is not in the list, it is the edition in force.
create function reference_edition(list text, code text) returns text
language sql stable strict as $$
  select r.edition
    from reference r
   where r.list = reference_edition.list
     and r.edition is not null
   order by r.code = reference_plain(reference_edition.code) desc,
            coalesce(r.valid_from <= today(), true) and coalesce(r.valid_to >= today(), true) desc,
            r.valid_to desc nulls first, r.edition desc
   limit 1
$$;

-- A record's code and edition after a patch. A new code without an edition gets the edition that
-- reference_edition() finds, and no code has no edition.
create function reference_changed(list text, was text, was_edition text, patch jsonb) returns table (code text, edition text)
language sql stable as $$
  select n.code, case when n.code is not distinct from was and not patch ? (list || '_edition')
                      then was_edition
                      else coalesce(patch ->> (list || '_edition'), reference_edition(list, n.code)) end
    from (select case when patch ? (list || '_code') then reference_plain(patch ->> (list || '_code')) else was end
         ) n (code)
$$;

-- The items of a record with the codes and editions as they are kept. The list is kbli or hs; it
-- names the members, such as kbli_code and kbli_edition.
create function reference_read(list text, items jsonb) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(i.item || case when c.code is null then '{}'
                                           else jsonb_build_object(list || '_code', reference_plain(c.code), list || '_edition',
                                                                   coalesce(i.item ->> (list || '_edition'),
                                                                            reference_edition(list, c.code))) end
                            order by i.position), '[]')
    from jsonb_array_elements(items) with ordinality i (item, position),
         lateral (select i.item ->> (list || '_code') as code) c
$$;

-- What is doubtful about a code: it is not in its list, or not in force. `place` is the pointer to
-- the object that has the code.
create function reference_warnings(list text, place text, value text, edition text)
returns table (pointer text, code text, doubtful boolean)
language sql stable as $$
  select format('%s/%s_%s', place, reference_warnings.list, w.member), w.code, w.doubtful
    from (select) one
         left join reference r
                on r.list = reference_warnings.list and r.code = value and r.edition = reference_warnings.edition
         cross join lateral (values
           ('edition', 'superseded',
            coalesce(r.valid_to, case when r.id is null
                                      then (select nullif(max(coalesce(e.valid_to, 'infinity')), 'infinity')
                                              from reference e
                                             where e.list = reference_warnings.list and e.edition = reference_warnings.edition)
                                      end) < today()),
           ('code', 'unlisted', r.id is null)
         ) as w (member, code, doubtful)
   where value is not null
$$;

create trigger touch before insert or update on reference for each row execute function touch();
create trigger violations before insert or update on reference for each row execute function refuse_violations();

call audit_table('reference', 'reference');

create function reference_row(r reference)
returns table (id uuid, list text, code text, edition text, name text, name_en text, valid_from date, valid_to date,
  alpha3 text, minor_units integer, rate_idr text, sea_only boolean, country_code text, customs_code text,
  equivalent_code text, unit text, figure text, version integer, updated_at timestamptz)
language sql stable as $$
  select r.id, r.list, r.code, r.edition, r.name, r.name_en, r.valid_from, r.valid_to, r.alpha3, r.minor_units,
         r.rate_idr::text, r.sea_only, r.country_code, r.customs_code, r.equivalent_code, r.unit, r.figure, r.version,
         r.updated_at
$$;

grant execute on function
  violations(reference), reference_plain(text), reference_plain(text[]), reference_edition(text, text),
  reference_changed(text, text, text, jsonb), reference_read(text, jsonb), reference_warnings(text, text, text, text),
  reference_row(reference)
  to ovop_api;
