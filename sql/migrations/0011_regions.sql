-- Kecamatan, and desa or kelurahan: keyed by Kemendagri's code, because names repeat. Everybody reads them; the Dinas keeps the
-- profile of a village.

create table district (
  code text constraint district_code__unique primary key
    constraint district_code__pattern check (code ~ '^35[.]05[.][0-9]{2}$'),
  bps_code text not null constraint district_bps_code__unique unique
    constraint district_bps_code__pattern check (bps_code ~ '^3505[0-9]{3}$'),
  name text not null,
  latitude numeric(7, 5) not null,
  longitude numeric(8, 5) not null,
  postcode text not null constraint district_postcode__pattern check (postcode ~ '^[1-9][0-9]{4}$'),
  search tsvector not null generated always as (to_tsvector('simple', name)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  unique (code, name)
);

create table village (
  code text constraint village_code__unique primary key
    constraint village_code__pattern check (code ~ '^35[.]05[.][0-9]{2}[.][12][0-9]{3}$'),
  bps_code text not null constraint village_bps_code__unique unique
    constraint village_bps_code__pattern check (bps_code ~ '^3505[0-9]{6}$'),
  kind text not null
    constraint village_kind__enum check (kind = case substr(code, 10, 1) when '1' then 'kelurahan' else 'desa' end),
  name text not null,
  district_code text not null constraint village_district_code__prefix check (district_code = left(code, 8)),
  district_name text not null,
  latitude numeric(7, 5) not null,
  longitude numeric(8, 5) not null,
  postcode text not null constraint village_postcode__pattern check (postcode ~ '^[1-9][0-9]{4}$'),
  population integer,
  population_year integer,
  index_name text constraint village_index_name__enum check (index_name in ('idm', 'indeks_desa')),
  index_year integer,
  index_score numeric(5, 4) constraint village_index_score__range check (index_score between 0 and 1),
  index_status text constraint village_index_status__enum
    check (index_status in ('sangat_tertinggal', 'tertinggal', 'berkembang', 'maju', 'mandiri')),
  search tsvector not null generated always as (to_tsvector('simple', name || ' ' || district_name)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  -- The kecamatan's name stands here too, kept true by this key, so that one index finds "balerejo wlingi".
  constraint village_district_code__exists foreign key (district_code, district_name)
    references district (code, name) on update cascade
);

create index on village (name, code);
create index on village (district_code, name, code);
create index on village using gin (search);

create function village_violations(v village) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/index_name', 'together', num_nulls(v.index_name, v.index_year, v.index_score, v.index_status) not in (0, 4)),
        ('/index_name', 'desa_only', v.kind <> 'desa' and v.index_name is not null),
        ('/index_status', 'idm_band', v.index_name = 'idm' and v.index_status <> case
           when v.index_score <= 0.4907 then 'sangat_tertinggal'
           when v.index_score <= 0.5989 then 'tertinggal'
           when v.index_score <= 0.7072 then 'berkembang'
           when v.index_score <= 0.8155 then 'maju'
           else 'mandiri'
         end)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

-- The kecamatan of villages.
create function district_codes(villages text[]) returns text[]
language sql immutable parallel safe as $$
  select array(select distinct left(v, 8) from unnest(villages) v order by 1)
$$;

-- A village as other records show it under `expand`.
create function village_brief(code text) returns table (brief json)
language sql stable as $$
  select json_build_object('code', v.code, 'kind', v.kind, 'name', v.name, 'district_code', v.district_code,
                           'district_name', v.district_name)
    from village v
   where v.code = village_brief.code
$$;

-- The rules of every record's village_code and, where it is shared, of its villages; for its own <table>_violations().
create function village_rules(village_code text, villages text[] default null)
returns table (pointer text, code text, broken boolean)
language sql stable as $$
  values ('/village_code', 'exists', not exists (select from village v where v.code = village_code)),
         ('/village_code', 'scope', not in_scope(village_code) and exists (select from village v where v.code = village_code)),
         ('/villages', 'lead', village_code <> all (villages)),
         ('/villages', 'exists', exists (select
                                           from unnest(villages) c (code)
                                                left join village v on v.code = c.code
                                          where v.code is null))
$$;

create trigger touch before insert or update on district for each row execute function touch();
create trigger touch before insert or update on village for each row execute function touch();
create trigger violations before insert or update on village for each row execute function refuse_violations();
call audit_table('village', 'village');

create function district_row(d district)
returns table (code text, bps_code text, name text, latitude numeric, longitude numeric, postcode text, desa_count integer,
  kelurahan_count integer, version integer, updated_at timestamptz)
language sql stable as $$
  select d.code, d.bps_code, d.name, d.latitude, d.longitude, d.postcode,
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'desa'),
         (select count(*)::integer from village v where v.district_code = d.code and v.kind = 'kelurahan'),
         d.version, d.updated_at
$$;

create function village_row(v village)
returns table (code text, bps_code text, kind text, name text, district_code text, district_name text, latitude numeric,
  longitude numeric, postcode text, population integer, population_year integer, index_name text, index_year integer,
  index_score text, index_status text, version integer, updated_at timestamptz)
language sql stable as $$
  select v.code, v.bps_code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, v.postcode,
         v.population, v.population_year, v.index_name, v.index_year, v.index_score::text, v.index_status, v.version, v.updated_at
$$;

grant select on district, village to ovop_api;
grant update (population, population_year, index_name, index_year, index_score, index_status) on village to ovop_dinas;
grant execute on function
  district_codes(text[]), village_brief(text), village_rules(text, text[]), village_violations(village), district_row(district),
  village_row(village)
  to ovop_api;

-- The history of a village's profile names no villages in audit_log.villages, so that the policies there hide it from everybody.
create policy village_select on audit_log for select to ovop_dinas, ovop_bupati using (resource = 'village');
