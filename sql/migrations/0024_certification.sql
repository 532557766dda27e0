-- What proves that a UMKM or a product may be trusted: licences, certificates, registered names.

-- Until when a certificate holds: through that day, or without end.
create function certification_state(ends_on date, day date) returns text
language sql immutable parallel safe as $$
  select case
           when ends_on < day then 'expired'
           when ends_on <= day + 60 then 'expiring'
           else 'valid'
         end
$$;

-- Numbers of these kinds are printed with and without spaces, dots and hyphens: kept without, so that one is not two.
create function certification_number(kind text, number text) returns text
language sql immutable parallel safe as $$
  select case
           when kind in ('nib', 'pirt', 'halal', 'bpom', 'trademark') then upper(regexp_replace(number, '[ .-]', '', 'g'))
           else regexp_replace(number, ' +', ' ', 'g')
         end
$$;

create table certification (
  umkm_id uuid constraint certification_umkm_id__exists references umkm (id),
  product_id uuid constraint certification_product_id__exists references product (id),
  kind text not null constraint certification_kind__enum
    check (kind in ('nib', 'pirt', 'halal', 'bpom', 'trademark', 'sni', 'organic', 'gi', 'lab')),
  number text not null,
  issuer text,
  issued_on date,
  expires_on date,
  -- Set by certification_place(): whose it is in the end, and where that belongs.
  holder_umkm_id uuid,
  village_code text not null constraint certification_village_code__exists references village (code),
  villages text[] not null constraint certification_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  ends_on date not null generated always as (coalesce(expires_on, 'infinity')) stored,
  -- The public sees that there is a NIB, not which.
  public_number text generated always as (case when kind <> 'nib' then number end) stored,
  search tsvector not null generated always as (to_tsvector('simple', number || ' ' || coalesce(issuer, ''))) stored
);

call business_table('certification', shared => true);

-- An SNI is a standard that many keep, and each laboratory counts for itself.
create unique index certification_number__unique on certification (kind, upper(number))
 where deleted_at is null and status not in ('rejected', 'archived') and kind not in ('sni', 'lab');
create index on certification (ends_on, id) where deleted_at is null;
create index on certification (updated_at, id) where deleted_at is null;
create index on certification (issued_on, ends_on, id) where deleted_at is null;
create index on certification (village_code, ends_on, id) where deleted_at is null;
create index on certification (status, ends_on, id) where deleted_at is null;
create index on certification (kind, ends_on, id) where deleted_at is null;
create index on certification (umkm_id, kind) where deleted_at is null;
create index on certification (product_id, kind) where deleted_at is null;
create index on certification (holder_umkm_id) where deleted_at is null;
create index on certification (ends_on, id) where (change_request).status = 'open' and deleted_at is null;
create index on certification (updated_at, id) where (change_request).status = 'open' and deleted_at is null;
create index on certification using gin (villages) where deleted_at is null;
create index on certification using gin (district_codes) where deleted_at is null;
create index on certification using gin (search) where deleted_at is null;

call restrict_processing('certification', 'holder_umkm_id');

-- A certificate belongs where the UMKM or the product does that the caller named and knows.
create function certification_place() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.umkm_id, new.product_id) is not distinct from (old.umkm_id, old.product_id) then
    return new;
  end if;

  select b.umkm_id, b.village_code, b.villages
    into new.holder_umkm_id, new.village_code, new.villages
    from (select u.id, u.village_code, array[u.village_code] from umkm u where u.id = new.umkm_id and u.deleted_at is null
           union all
          select p.umkm_id, p.village_code, p.villages from product p where p.id = new.product_id and p.deleted_at is null
         ) b (umkm_id, village_code, villages);
  return new;
end
$$;

create trigger place before insert or update on certification for each row execute function certification_place();

create trigger follow_certification after update on umkm
   for each row when (old.village_code <> new.village_code)
   execute function follow('certification', 'umkm_id', 'holder_umkm_id');
create trigger follow_certification after update on product
   for each row when ((old.umkm_id, old.village_code, old.villages) is distinct from (new.umkm_id, new.village_code, new.villages))
   execute function follow('certification', 'product_id', 'holder_umkm_id');

-- Only forms that are beyond doubt refuse a number.
create function certification_violations(c certification) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/umkm_id', 'one_bearer', num_nonnulls(c.umkm_id, c.product_id) <> 1),
        ('/umkm_id', 'exists', c.umkm_id is not null and c.product_id is null and c.village_code is null),
        ('/product_id', 'exists', c.product_id is not null and c.umkm_id is null and c.village_code is null),
        ('/product_id', 'scope', c.product_id is not null and not in_scope(c.village_code)),
        ('/kind', 'umkm_only', c.kind = 'nib' and c.product_id is not null),
        ('/number', 'pattern', case c.kind
           when 'nib' then c.number !~ '^[0-9]{13}$'
           when 'pirt' then c.number !~ '^[0-9]{12}([0-9]{3})?$'
           when 'bpom' then c.number ~ '^M[DL]' and c.number !~ '^M[DL][0-9]{12}([0-9]{3})?$'
           when 'trademark' then c.number !~ '^IDM[0-9]{9}$'
         end),
        ('/issued_on', 'future', c.issued_on > today()),
        ('/expires_on', 'before_start', c.expires_on < c.issued_on)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on certification for each row execute function refuse_violations();

-- What is certified stays.
create trigger in_use_certification before update on umkm
   for each row when (new.deleted_at is not null) execute function refuse_in_use('certification', 'umkm_id');
create trigger in_use_certification before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('certification', 'product_id');

-- What is likely a mistake but may be right. The digits of a P-IRT: packaging, food (2), kabupaten (4), product (2),
-- producer (4), and the year it ends (2).
create function certification_warnings(c certification) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (values
      ('/number', 'document_number', c.number !~ case c.kind
         when 'halal' then '^(ID[0-9]{17}|[0-9]{11,17})$'
         when 'bpom' then '^M[DL]'
         when 'sni' then '^SNI( ISO(/IEC)?)? [0-9]{1,5}(-[0-9]+)*[:-][0-9]{4}$'
         else '' end),
      ('/number', 'nib_differs', c.kind = 'nib'
         and exists (select from umkm u where u.id = c.umkm_id and u.nib is distinct from c.number)),
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
returns table (id uuid, umkm_id uuid, product_id uuid, holder_umkm_id uuid, kind text, number text, issuer text, issued_on date,
  expires_on date, state text, village_code text, villages json, village json, umkm json, product json, warnings json, status text,
  status_note text, change_request json, allowed_actions json, version integer, source text, created_at timestamptz,
  created_by uuid, updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select c.id, c.umkm_id, c.product_id, c.holder_umkm_id, c.kind, c.number, c.issuer, c.issued_on, c.expires_on,
         certification_state(c.ends_on, today()), c.village_code, to_json(c.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(c.village_code) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(c.holder_umkm_id) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(c.product_id) b) end,
         w.warnings, c.status, c.status_note, q.brief, a.allowed_actions, c.version, c.source, c.created_at, c.created_by,
         c.updated_at, c.updated_by, c.verified_at, c.verified_by
    from certification_warnings(c) w, change_request_brief(c.change_request) q,
         allowed_actions('certification', c.status, c.writers, c.village_code, c.change_request) a
$$;

-- The public catalogue

create policy public_select on certification for select to ovop_public using (status = 'published' and deleted_at is null);
grant select (id, umkm_id, product_id, kind, public_number, issuer, issued_on, expires_on, ends_on, status, deleted_at)
   on certification to ovop_public;

-- The published certificates of a UMKM as a whole and of these products.
create function catalog_certificates(umkm_id uuid, product_ids uuid[]) returns table (certificates json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
                    'kind', c.kind, 'number', c.public_number, 'issuer', c.issuer, 'issued_on', c.issued_on,
                    'expires_on', c.expires_on, 'state', certification_state(c.ends_on, today()), 'product_id', c.product_id)
                  order by c.ends_on desc, c.kind, c.id), '[]')
    from certification c
   where c.status = 'published'
     and c.deleted_at is null
     and (c.umkm_id = catalog_certificates.umkm_id or c.product_id = any (product_ids))
$$;

create function catalog_umkm_certificates(umkm_id uuid) returns table (certificates json)
language sql stable as $$
  select c.certificates
    from catalog_certificates(catalog_umkm_certificates.umkm_id,
                              array(select p.id
                                      from product p
                                     where p.umkm_id = catalog_umkm_certificates.umkm_id
                                       and p.status = 'published')) c
$$;

-- Who holds a published certificate of these kinds that is in force: a certificate of a UMKM is one of all that it makes.
create function catalog_certified(kinds text[]) returns table (umkm_id uuid, product_id uuid)
language sql stable as $$
    with held as (
         select c.umkm_id, c.product_id
           from certification c
          where c.kind = any (kinds)
            and c.ends_on >= today()
            and c.status = 'published'
            and c.deleted_at is null)
  select u.id, p.id
    from held h
         join umkm u on u.id = h.umkm_id
         left join product p on p.umkm_id = u.id
   union all
  select p.umkm_id, p.id
    from held h
         join product p on p.id = h.product_id
$$;

grant execute on function
  certification_state(date, date), certification_number(text, text), certification_violations(certification),
  certification_warnings(certification), certification_row(certification, text[])
  to ovop_api;
grant execute on function catalog_certificates(uuid, uuid[]), catalog_umkm_certificates(uuid), catalog_certified(text[])
  to ovop_public;
