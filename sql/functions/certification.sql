-- Certificates of a UMKM or a village enterprise, and of the products that they name.

-- The state of a certificate on a day. It is valid through ends_on.
create function certification_state(ends_on date, day date) returns text
language sql immutable parallel safe as $$
  select case
           when ends_on < day then 'expired'
           when ends_on <= day + 60 then 'expiring'
           else 'valid'
         end
$$;

-- One number has one form, however it is printed: "P-IRT No. 2063505010001-28" is 206350501000128.
-- A number that has the form of its kind without the printed words and signs is kept without them.
-- A standard keeps its blanks: "SNI 01-2907-2008", "SNI 7657:2023".
create function certification_number(kind text, number text) returns text
language sql immutable parallel safe as $$
  select case
           when bare.number ~ case kind
                                when 'nib' then '^[0-9]{13}$'
                                when 'pirt' then '^[0-9]{12}([0-9]{3})?$'
                                when 'halal' then '^(ID[0-9]{17}|[0-9]{11,17})$'
                                when 'bpom' then '^[A-Z]{2,3}[0-9]{8,15}$'
                                when 'trademark' then '^IDM[0-9]{9}$'
                                when 'trademark_application' then '^[A-Z]{1,3}[0-9]{10,12}$'
                                when 'gi' then '^IDG[0-9]{9}$'
                              end
           then bare.number
           when kind = 'sni'
           then regexp_replace(regexp_replace(regexp_replace(plain.number, '^(NO[ .:]*)?(SNI[ .:-]*)?(NO[ .:]+)?', 'SNI '),
                                              'ISO(/IEC)? ?([0-9])', 'ISO\1 \2'),
                               '^(SNI( ISO(/IEC)?)? [0-9]{3,5}(-[0-9]{1,2})*)-((19|20)[0-9]{2})$', '\1:\5')
           when kind in ('organic', 'lab') then plain.number
           else regexp_replace(plain.number, '[ .-]', '', 'g')
         end
    from (select upper(regexp_replace(trim(number), ' +', ' ', 'g'))) as plain (number),
         lateral (select regexp_replace(regexp_replace(plain.number, '[ .:/-]', '', 'g'),
                    '^(NOMOR|NO|SERTIFIKAT|PENDAFTARAN|PERMOHONAN|REGISTRASI|REG|NIB|SPP|PIRT|IRT|BPJPH|LPPOM|MUI|HALAL|BADAN|'
                    || 'BPOM|POM|RI|IZIN|EDAR|MEREK|DJKI|INDIKASI|GEOGRAFIS)*', '')) as bare (number)
$$;

call business_triggers('certification');

-- Where a certificate belongs: to the villages of its products, or of its maker if it names none.
-- Its lead village is that of its products. If they have several, it is the maker's. A definer,
-- because the caller may not see all of them.
create function certification_area(c certification) returns table (village_code text, villages text[])
language sql stable security definer set search_path = public, pg_temp as $$
    with named as (
         select p.village_code, p.villages
           from product p
          where p.id = any (c.product_ids)
            and p.deleted_at is null
            and (p.umkm_id, p.village_enterprise_id) is not distinct from (c.umkm_id, c.village_enterprise_id)),
         spread as (
         select s.code, min(s.position) as position
           from named n
                cross join unnest(n.villages) with ordinality s (code, position)
          group by s.code),
         maker as (
         select u.village_code, array[u.village_code] as villages
           from umkm u
          where u.id = c.umkm_id and u.deleted_at is null
          union all
         select e.village_code, e.villages
           from village_enterprise e
          where e.id = c.village_enterprise_id and e.deleted_at is null)
  select case
           when l.leads = 1 or l.leads > 1 and m.village_code <> all (s.villages) then l.lead
           else m.village_code
         end,
         coalesce(s.villages, m.villages)
    from maker m,
         (select min(n.village_code) as lead, count(distinct n.village_code) as leads from named n) l,
         (select array_agg(s.code order by s.position, s.code) as villages from spread s) s
$$;

-- If the caller names products only, their maker bears the certificate.
create function certification_place() returns trigger
language plpgsql as $$
begin
  if num_nonnulls(new.umkm_id, new.village_enterprise_id) = 0 then
    select p.umkm_id, p.village_enterprise_id
      into new.umkm_id, new.village_enterprise_id
      from export_products(new.product_ids) p
     limit 1;
  end if;
  select a.village_code, a.villages into new.village_code, new.villages from certification_area(new) a;
  return new;
end
$$;

create trigger place before insert or update on certification for each row execute function certification_place();

-- A certificate moves with its maker and its products. A product that gets another maker leaves it:
-- the number is the first maker's. A definer, because the user who moves the product may have no
-- right to write the certificate. app.follows marks the change as decided elsewhere.
create function certification_follow() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text := current_setting('app.follows', true);
begin
  perform set_config('app.follows', 'on', true);
    with held as (
         select c.id
           from certification c
          where (c.umkm_id = new.id or c.village_enterprise_id = new.id or c.product_ids @> array[new.id])
            and c.deleted_at is null
          order by c.id
            for update)
  update certification c
     set product_ids = array(select n.id
                               from unnest(c.product_ids) with ordinality n (id, position)
                                    join product p on p.id = n.id
                              where (p.umkm_id, p.village_enterprise_id) is not distinct from (c.umkm_id, c.village_enterprise_id)
                              order by n.position)
    from held h
   where c.id = h.id;
  perform set_config('app.follows', coalesce(before, ''), true);
  return null;
end
$$;

create trigger follow_certification after update on umkm
   for each row when (old.village_code <> new.village_code) execute function certification_follow();
create trigger follow_certification after update on village_enterprise
   for each row when ((old.village_code, old.villages) is distinct from (new.village_code, new.villages))
   execute function certification_follow();
create trigger follow_certification after update on product
   for each row when ((old.umkm_id, old.village_enterprise_id, old.village_code, old.villages)
                      is distinct from (new.umkm_id, new.village_enterprise_id, new.village_code, new.villages))
   execute function certification_follow();

-- A number is refused only where its format is certain.
create function violations(c certification) returns jsonb
language plpgsql stable as $$
declare
  -- Nobody's scope limits a certificate that follows a product.
  outside boolean := not in_scope(c.village_code) and current_setting('app.applies', true) is distinct from c.id::text;
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code,
                                                          'form', case rule.code when 'pattern' then 'certificate_' || c.kind end)))
      from (values
        ('/umkm_id', 'one_bearer', num_nonnulls(c.umkm_id, c.village_enterprise_id) <> 1),
        ('/umkm_id', 'exists', c.umkm_id is not null and c.village_enterprise_id is null
           and not exists (select from umkm u where u.id = c.umkm_id and u.deleted_at is null)
           and not exists (select from export_products(c.product_ids) p where p.umkm_id = c.umkm_id)),
        ('/village_enterprise_id', 'exists', c.village_enterprise_id is not null and c.umkm_id is null
           and not exists (select from village_enterprise e where e.id = c.village_enterprise_id and e.deleted_at is null)
           and not exists (select
                             from export_products(c.product_ids) p
                            where p.village_enterprise_id = c.village_enterprise_id)),
        ('/village_enterprise_id', 'scope', outside and c.product_ids = '{}'
           and exists (select from village_enterprise e where e.id = c.village_enterprise_id)),
        ('/product_ids', 'scope', outside and exists (select from export_products(c.product_ids))),
        ('/product_ids', 'umkm_only', c.kind = 'nib' and c.product_ids <> '{}'),
        ('/number', 'pattern', case c.kind
           when 'nib' then c.number !~ '^[0-9]{13}$'
           when 'pirt' then c.number !~ '^[0-9]{12}([0-9]{3})?$'
           when 'bpom' then c.number ~ '^M[DL]' and c.number !~ '^M[DL][0-9]{12}([0-9]{3})?$'
           when 'trademark' then c.number !~ '^IDM[0-9]{9}$'
           when 'trademark_application' then c.number ~ '^IDM[0-9]{9}$'
         end),
        ('/issued_on', 'future', c.issued_on > today()),
        ('/expires_on', 'before_start', c.expires_on < c.issued_on)
       union all
      select * from name_rules('/issuer', c.issuer)
       union all
      -- A writer of another village may not see a product that the stored certificate names.
      select format('/product_ids/%s', n.position - 1), r.code, r.broken
        from unnest(c.product_ids) with ordinality n (id, position)
             left join export_products(c.product_ids) p on p.id = n.id,
             lateral (values
               ('exists', p.id is null
                  and not exists (select from certification o where o.id = c.id and o.product_ids @> array[n.id])),
               ('other_maker', p.id is not null
                  and (p.umkm_id, p.village_enterprise_id) is distinct from (c.umkm_id, c.village_enterprise_id))
             ) as r (code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on certification for each row execute function refuse_violations();
create trigger violations_unique before insert or update on certification for each row execute function refuse_duplicates();

-- Likely mistakes that may still be right. The digits of a P-IRT: packaging, food (2), kabupaten
-- (4), product (2), producer (4), and the year in which it ends (2).
create function certification_warnings(c certification) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/number', 'document_number', c.number !~ case c.kind
         when 'halal' then '^(ID[0-9]{17}|[0-9]{11,17})$'
         when 'bpom' then '^M[DL]'
         when 'sni' then '^SNI( ISO(/IEC)?)? [0-9]{1,5}(-[0-9]+)*[:-][0-9]{4}$'
         when 'trademark_application' then '^[A-Z]{1,3}[0-9]{10,12}$'
         when 'gi' then '^IDG[0-9]{9}$'
         else '' end),
      ('/number', 'placeholder', number_placeholder(c.number)),
      ('/issued_on', 'before_founding', c.issued_on < (select u.founded_on from umkm u where u.id = c.umkm_id)),
      ('/number', 'nib_differs', c.kind = 'nib'
         and exists (select from umkm u where u.id = c.umkm_id and u.nib is distinct from c.number)),
      ('/product_ids', 'no_product', c.kind <> 'nib' and c.product_ids = '{}'),
      ('/number', 'pirt_old', c.kind = 'pirt' and length(c.number) = 12),
      ('/number', 'pirt_elsewhere', c.kind = 'pirt' and length(c.number) = 15 and substr(c.number, 4, 4) <> '3505'),
      ('/number', 'pirt_year', c.kind = 'pirt' and length(c.number) = 15 and right(c.number, 2) <> to_char(c.expires_on, 'YY')),
      ('/expires_on', 'five_years', c.kind = 'pirt'
         and c.issued_on + interval '5 years' not in (c.expires_on, c.expires_on + 1)),
      ('/expires_on', 'endless', c.kind in ('nib', 'halal') and c.expires_on is not null),
      ('/expires_on', 'end_missing', c.kind in ('pirt', 'trademark') and c.expires_on is null)
    ) as rule (pointer, code, doubtful)
$$;

create function certification_row(c certification, expand text[] default null)
returns table (id uuid, umkm_id uuid, village_enterprise_id uuid, product_ids json, kind text, number text, issuer text,
  issued_on date, expires_on date, state text, village_code text, villages json, village json, umkm json, village_enterprise json,
  products json, warnings json, status text, status_note text, change_request json, allowed_actions json, version integer,
  source text, created_at timestamptz, created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz,
  verified_by uuid)
language sql stable as $$
  select c.id, c.umkm_id, c.village_enterprise_id, to_json(c.product_ids), c.kind, c.number, c.issuer, c.issued_on, c.expires_on,
         certification_state(c.ends_on, today()), c.village_code, to_json(c.villages || c.villages_waiting),
         case when 'village' = any (expand) then (select b.brief from village_brief(c.village_code) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(c.umkm_id) b) end,
         case when 'village_enterprise' = any (expand)
              then (select json_build_object('id', e.id, 'name', e.name, 'kind', e.kind, 'village_code', e.village_code)
                      from village_enterprise e
                     where e.id = c.village_enterprise_id) end,
         case when 'products' = any (expand)
              then (select coalesce(json_agg(b.brief order by n.position), '[]')
                      from unnest(c.product_ids) with ordinality n (id, position), product_brief(n.id) b) end,
         w.warnings, c.status, c.status_note, q.brief, a.allowed_actions, c.version, c.source, c.created_at, c.created_by,
         c.updated_at, c.updated_by, c.verified_at, c.verified_by
    from certification_warnings(c) v, duplicate_warnings(c, v.warnings) w, change_request_brief(c.change_request) q,
         allowed_actions('certification', c.status, c.writers, c.village_code, c.change_request) a
$$;

grant execute on function
  certification_state(date, date), certification_number(text, text), certification_area(certification),
  violations(certification),
  certification_warnings(certification), certification_row(certification, text[])
  to ovop_api;

call duplicate_rules('certification');

call list_rows('certification');
