-- BUMDes of one village and joint BUMDesma of several: read by all their villages, written by a scope that holds the lead.

create table village_enterprise (
  name text not null,
  kind text not null constraint village_enterprise_kind__enum check (kind in ('bumdes', 'bumdesma')),
  legal_number text,
  established_on date,
  unit_businesses jsonb not null default '[]',  -- [{name, kbli_code, kbli_edition, started_on}]
  rank text constraint village_enterprise_rank__enum check (rank in ('perintis', 'pemula', 'berkembang', 'maju')),
  rank_year integer,
  village_code text not null constraint village_enterprise_village_code__exists references village (code),
  villages text[] not null constraint village_enterprise_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  kbli_codes text[] not null
    generated always as (jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*].kbli_code ? (@ != null)'))) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    name || ' ' || jsonb_path_query_array(unit_businesses, '$[*].name')::text)) stored
);

call business_table('village_enterprise', shared => true);

create unique index village_enterprise_legal_number__unique on village_enterprise (upper(legal_number)) where deleted_at is null;
create index on village_enterprise (name, id) where deleted_at is null;
create index on village_enterprise (created_at, id) where deleted_at is null;
create index on village_enterprise (updated_at, id) where deleted_at is null;
create index on village_enterprise (kind, name, id) where deleted_at is null;
create index on village_enterprise (rank, name, id) where deleted_at is null;
create index on village_enterprise (status, name, id) where deleted_at is null;
create index on village_enterprise (established_on, id) where deleted_at is null;
create index on village_enterprise (name, id) where (change_request).status = 'open' and deleted_at is null;
create index on village_enterprise using gin (villages) where deleted_at is null;
create index on village_enterprise using gin (district_codes) where deleted_at is null;
create index on village_enterprise using gin (kbli_codes) where deleted_at is null;
create index on village_enterprise using gin (search) where deleted_at is null;

create function village_enterprise_violations(e village_enterprise) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code, e.villages)
             union all
            values
        ('/villages', 'one_village', e.kind = 'bumdes' and cardinality(e.villages) <> 1),
        ('/villages', 'several_villages', e.kind = 'bumdesma' and cardinality(e.villages) < 2),
        ('/established_on', 'future', e.established_on > today()),
        ('/rank_year', 'together', (e.rank is null) <> (e.rank_year is null)),
        ('/rank_year', 'future', e.rank_year > extract(year from today()))
       union all
      select format('/unit_businesses/%s/%s', u.position, r.member), r.code, r.broken
        from (select b.position - 1 as position, b.unit ->> 'kbli_code' as kbli_code, b.unit ->> 'kbli_edition' as kbli_edition,
                     (b.unit ->> 'started_on')::date as started_on,
                     row_number() over (partition by lower(b.unit ->> 'name') order by b.position) as times
                from jsonb_array_elements(e.unit_businesses) with ordinality b (unit, position)) u,
             lateral (values
               ('name', 'duplicate_items', u.times > 1),
               ('kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
               ('kbli_code', 'exists', not exists (select
                                                     from reference c
                                                    where c.list = 'kbli' and c.code = u.kbli_code and c.edition = u.kbli_edition)
                                       and u.kbli_code is not null and u.kbli_edition is not null),
               ('started_on', 'future', u.started_on > today())
             ) as r (member, code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on village_enterprise for each row execute function refuse_violations();

-- What is likely a mistake but may be right.
create function village_enterprise_warnings(e village_enterprise) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code)) filter (where rule.doubtful), '[]')
    from (select '/villages', 'desa_only', exists (select from village v where v.code = any (e.villages) and v.kind <> 'desa')
           union all
          select format('/unit_businesses/%s/kbli_edition', u.position - 1), 'superseded', c.valid_to < today()
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
                 join reference c on c.list = 'kbli' and c.code = u.unit ->> 'kbli_code' and c.edition = u.unit ->> 'kbli_edition'
         ) as rule (pointer, code, doubtful)
$$;

create function village_enterprise_row(e village_enterprise, expand text[] default null)
returns table (id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text,
  rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on,
         (select coalesce(json_agg(json_build_object('name', u.name, 'kbli_code', u.kbli_code, 'kbli_edition', u.kbli_edition,
                                                     'started_on', u.started_on) order by u.position), '[]')
            from rows from (jsonb_to_recordset(e.unit_businesses) as (name text, kbli_code text, kbli_edition text,
                                                                      started_on date)) with ordinality
                 as u (name, kbli_code, kbli_edition, started_on, position)),
         e.rank, e.rank_year,
         e.village_code, to_json(e.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         w.warnings, e.status, e.status_note, c.brief, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from village_enterprise_warnings(e) w, change_request_brief(e.change_request) c,
         allowed_actions('village_enterprise', e.status, e.writers, e.village_code, e.change_request) a
$$;

grant execute on function
  village_enterprise_violations(village_enterprise), village_enterprise_warnings(village_enterprise),
  village_enterprise_row(village_enterprise, text[])
  to ovop_api;
