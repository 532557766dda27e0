-- BUMDes of one village and joint BUMDesma of several: read by all their villages, written by a scope that holds the lead.

create table village_enterprise (
  name text not null,
  kind text not null constraint village_enterprise_kind__enum check (kind in ('bumdes', 'bumdesma')),
  legal_number text,
  established_on date,
  unit_businesses text[] not null default '{}',
  rank text constraint village_enterprise_rank__enum check (rank in ('perintis', 'pemula', 'berkembang', 'maju')),
  rank_year integer,
  search tsvector not null generated always as (to_tsvector('simple', name)) stored
);

call business_table('village_enterprise', shared => true);

create unique index village_enterprise_legal_number__unique on village_enterprise (upper(legal_number)) where deleted_at is null;
create index on village_enterprise (name, id) where deleted_at is null;
create index on village_enterprise (updated_at, id) where deleted_at is null;
create index on village_enterprise using gin (villages) where deleted_at is null;
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
        ('/established_on', 'future', e.established_on > today())
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on village_enterprise for each row execute function refuse_violations();

create function village_enterprise_row(e village_enterprise, expand text[] default null)
returns table (id uuid, name text, kind text, legal_number text, established_on date, unit_businesses json, rank text,
  rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select e.id, e.name, e.kind, e.legal_number, e.established_on, to_json(e.unit_businesses), e.rank, e.rank_year,
         e.village_code, to_json(e.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         case when exists (select from village v where v.code = any (e.villages) and v.kind <> 'desa')
              then '[{"pointer": "/villages", "code": "desa_only"}]' else '[]' end::json,
         e.status, e.status_note, c.brief, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from change_request_brief(e.change_request) c,
         allowed_actions('village_enterprise', e.status, e.writers, e.village_code, e.change_request) a
$$;

grant execute on function village_enterprise_violations(village_enterprise), village_enterprise_row(village_enterprise, text[])
  to ovop_api;
