-- Village enterprises: BUMDes of one village, BUMDesma of several.

call business_triggers('village_enterprise');

create function violations(e village_enterprise) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (select * from village_rules(e.village_code, e.villages || e.villages_waiting)
             union all
            select * from name_rules('/name', e.name)
             union all
            values
        ('/villages', 'one_village', e.kind = 'bumdes' and cardinality(e.villages || e.villages_waiting) <> 1),
        ('/villages', 'several_villages', e.kind = 'bumdesma' and cardinality(e.villages || e.villages_waiting) < 2),
        ('/villages', 'in_use', link_dropped('village_enterprise', e.id, e.villages)),
        ('/established_on', 'future', e.established_on > today()),
        ('/rank_year', 'together', (e.rank is null) <> (e.rank_year is null)),
        ('/rank_year', 'future', e.rank_year > extract(year from today()))
       union all
      select format('/unit_businesses/%s/%s', u.position, r.member), r.code, r.broken
        from (select b.position - 1 as position, b.unit ->> 'kbli_code' as kbli_code, b.unit ->> 'kbli_edition' as kbli_edition,
                     (b.unit ->> 'started_on')::date as started_on, name_fault(b.unit ->> 'name') as name_fault,
                     row_number() over (partition by lower(b.unit ->> 'name') order by b.position) as times
                from jsonb_array_elements(e.unit_businesses) with ordinality b (unit, position)) u,
             lateral (values
               ('name', 'duplicate_items', u.times > 1),
               ('name', u.name_fault, u.name_fault is not null),
               ('kbli_edition', 'together', (u.kbli_code is null) <> (u.kbli_edition is null)),
               ('kbli_edition', 'exists', not exists (select
                                                        from reference c
                                                       where c.list = 'kbli' and c.edition = u.kbli_edition)
                                          and u.kbli_edition is not null),
               ('started_on', 'future', u.started_on > today())
             ) as r (member, code, broken)
      ) as rule (pointer, code, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on village_enterprise for each row execute function refuse_violations();
create trigger violations_unique before insert or update on village_enterprise for each row execute function refuse_duplicates();

-- Values that are allowed but probably wrong.
create function village_enterprise_warnings(e village_enterprise) returns table (warnings json)
language sql stable as $$
  select coalesce(json_agg(json_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.limit_text))
                  filter (where rule.doubtful or rule.limit_text is not null), '[]')
    from (select '/villages', 'desa_only', null,
                 exists (select from village v where v.code = any (e.villages || e.villages_waiting) and v.kind <> 'desa')
           union all
          select '/villages', 'villages_waiting', villages_to_join(e.villages, e.villages_waiting, e.change_request), false
           union all
          select '/nib', 'nib_of_umkm', null, exists (select from umkm u where u.nib = e.nib and u.deleted_at is null)
           union all
          select '/legal_number', 'placeholder', null, number_placeholder(substr(e.legal_number, 5, 5))
           union all
          select '/legal_number', 'implausible', null, right(e.legal_number, 4)::integer not between 2021 and extract(year from today())
           union all
          select '/established_on', 'implausible', null, e.established_on < '1990-01-01'
           union all
          select format('/unit_businesses/%s/started_on', u.position - 1), 'before_founding', null,
                 (u.unit ->> 'started_on')::date < e.established_on
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position)
           union all
          select w.pointer, w.code, null, w.doubtful
            from jsonb_array_elements(e.unit_businesses) with ordinality u (unit, position),
                 reference_warnings('kbli', '/unit_businesses/' || u.position - 1, u.unit ->> 'kbli_code',
                                    u.unit ->> 'kbli_edition') w
         ) as rule (pointer, code, limit_text, doubtful)
$$;

create function village_enterprise_row(e village_enterprise, expand text[] default null)
returns table (id uuid, name text, kind text, legal_number text, nib text, established_on date, unit_businesses json, rank text,
  rank_year integer, village_code text, villages json, village json, warnings json, status text, status_note text,
  change_request json, allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid,
  updated_at timestamptz, updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select e.id, e.name, e.kind, e.legal_number, e.nib, e.established_on,
         (select coalesce(json_agg(json_build_object('name', u.name, 'kbli_code', u.kbli_code, 'kbli_edition', u.kbli_edition,
                                                     'started_on', u.started_on) order by u.position), '[]')
            from rows from (jsonb_to_recordset(e.unit_businesses) as (name text, kbli_code text, kbli_edition text,
                                                                      started_on date)) with ordinality
                 as u (name, kbli_code, kbli_edition, started_on, position)),
         e.rank, e.rank_year,
         e.village_code, to_json(e.villages || e.villages_waiting),
         case when 'village' = any (expand) then (select b.brief from village_brief(e.village_code) b) end,
         w.warnings, e.status, e.status_note, c.brief, a.allowed_actions, e.version, e.source,
         e.created_at, e.created_by, e.updated_at, e.updated_by, e.verified_at, e.verified_by
    from village_enterprise_warnings(e) v, duplicate_warnings(e, v.warnings) w, change_request_brief(e.change_request) c,
         allowed_actions('village_enterprise', e.status, e.writers, e.village_code, e.change_request) a
$$;

grant execute on function
  violations(village_enterprise), village_enterprise_warnings(village_enterprise),
  village_enterprise_row(village_enterprise, text[])
  to ovop_api;

call duplicate_rules('village_enterprise');

call list_rows('village_enterprise');
