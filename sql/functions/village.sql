-- Villages, and the brief to read before a visit.

create function violations(v village) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('pointer', rule.pointer, 'code', rule.code))
      from (values
        ('/index_name', 'together', num_nulls(v.index_name, v.index_year, v.index_score, v.index_status) not in (0, 4)),
        ('/index_name', 'desa_only', v.kind <> 'desa' and v.index_name is not null),
        ('/population_year', 'future', v.population_year > extract(year from today())),
        ('/index_year', 'future', v.index_year > extract(year from today())),
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

-- The present code of a village, and all its codes. village_change_define() makes these functions
-- again when a village gets another code.
create function village_present(code text) returns text
language sql immutable parallel safe as $$
  select code
$$;

create function village_present(codes text[]) returns text[]
language sql immutable parallel safe as $$
  select codes
$$;

create function village_codes(codes text[]) returns text[]
language sql immutable parallel safe as $$
  select codes
$$;

-- The short form that `expand` puts into other records.
create function village_brief(code text) returns table (brief json)
language sql stable as $$
  select json_build_object('code', v.code, 'kind', v.kind, 'name', v.name, 'district_code', v.district_code,
                           'district_name', v.district_name)
    from village v
   where v.code = village_brief.code
$$;

-- The rules for village_code and, in shared records, for villages. The violations() of each record
-- includes them.
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

create trigger touch before insert or update on village for each row execute function touch();
create trigger violations before insert or update on village for each row execute function refuse_violations();

call audit_table('village', 'village');

create function village_row(v village)
returns table (code text, bps_code text, kind text, name text, district_code text, district_name text, latitude numeric,
  longitude numeric, postcode text, population integer, population_year integer, index_name text, index_year integer,
  index_score text, index_status text, former_codes json, decree_number text, decreed_on date, version integer, updated_at timestamptz)
language sql stable as $$
  select v.code, v.bps_code, v.kind, v.name, v.district_code, v.district_name, v.latitude, v.longitude, v.postcode,
         v.population, v.population_year, v.index_name, v.index_year, v.index_score::text, v.index_status,
         to_json(v.former_codes), v.decree_number, v.decreed_on, v.version, v.updated_at
$$;

-- Code and name of each village of a shared record.
create function village_names(codes text[]) returns json
language sql stable as $$
  select json_agg(json_build_object('code', v.code, 'name', v.name) order by v.name, v.code)
    from village v
   where v.code = any (codes)
$$;

-- The villages that will read a record only after its verification: those of an open change request,
-- or those that wait. Null if there are none. A verifier reads them in a warning.
create function villages_to_join(villages text[], waiting text[], request change_request) returns text
language plpgsql stable as $$
begin
  if request.status = 'open' and request.patch ? 'villages' then
    waiting := jsonb_texts(request.patch -> 'villages');
  elsif waiting = '{}' then
    return null;
  end if;
  return (select string_agg(format('%s (%s)', v.name, v.code), ', ' order by v.name, v.code)
             from village v
            where v.code = any (waiting)
              and v.code <> all (villages));
end
$$;

-- The villages of a record after a move from one village to another, in their order.
create function villages_moved(villages text[], was text, is_now text) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(v.code order by v.position), '{}')
    from (select m.code, min(m.position) as position
            from unnest(array_replace(villages, was, is_now)) with ordinality m (code, position)
           group by m.code) v
$$;

-- The villages that mentoring reached: a session was held there, or one of their UMKM attended a
-- session.
create function villages_mentored(since date, upto date) returns setof text
language sql stable as $$
    with held as (
         select s.id, s.village_code
           from mentoring_session s
          where s.status = 'held'
            and s.deleted_at is null
            and day_of(s.starts_at) between since and upto)
  select h.village_code
    from held h
   union
  select p.village_code
    from held h
         join mentoring_participant p on p.session_id = h.id
   where p.attended
     and p.deleted_at is null
$$;

-- When any record of a village was last verified, by the present state of the records. A record of
-- several villages counts in each of them.
create function village_verified(village text) returns table (verified_at timestamptz)
language sql stable as $$
  select greatest(
           (select max(t.verified_at) from village_potential t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from village_enterprise t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from umkm t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from product t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from flagship t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from certification t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from star_assessment t where t.villages @> array[village] and t.deleted_at is null),
           (select max(t.verified_at) from production_report t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from outcome t where t.village_code = village and t.deleted_at is null),
           (select max(t.verified_at) from export t where t.village_code = village and t.deleted_at is null))
$$;

-- The village's flagship product by the decree in force.
create function village_flagship(code text) returns json
language sql stable as $$
  select json_build_object('product_id', p.id, 'name', p.name, 'name_en', p.name_en, 'market_reach', p.market_reach,
                           'decree_number', f.decree_number, 'valid_from', f.valid_from, 'valid_to', f.valid_to)
    from flagship f
         join product p on p.id = f.product_id
   where f.village_code = code
     and f.deleted_at is null
     and flagship_in_force(f.status, f.valid_from, f.valid_to, today())
   limit 1
$$;

-- The last twelve complete months, earliest first. A month with fewer than three reports has no
-- median.
create function village_income(code text) returns json
language sql stable as $$
    with month as (
         select to_char(today() - make_interval(months => n), 'YYYY-MM') as month from generate_series(1, 12) n),
         reported as (
         select m.month, count(p.turnover_idr) as reporting,
                percentile_cont(0.5) within group (order by p.turnover_idr) as median
           from month m
                left join (select p.month, sum(p.turnover_idr) as turnover_idr
                             from production_report p
                            where p.village_code = code
                              and p.month >= (select min(m.month) from month m)
                              and p.deleted_at is null
                              and report_counts(p.status, true)
                            group by p.umkm_id, p.month) p on p.month = m.month
          group by m.month)
  select json_build_object(
           'denominator', (select count(*)
                             from umkm u
                            where u.village_code = code and u.deleted_at is null and report_counts(u.status, true)),
           'months', (select json_agg(json_build_object('month', r.month, 'reporting', r.reporting,
                                                        'median_turnover_idr', round(report_median(r.median, r.reporting)))
                                      order by r.month)
                        from reported r))
$$;

-- Counts of the village's commitments, and the first five: overdue ones by due date, then those of
-- the latest visits.
create function village_promises(code text) returns json
language sql stable as $$
    with promise as (
         select c.*, v.visited_on, commitment_overdue(c) as overdue
           from commitment c
                join visit v on v.id = c.visit_id
          where c.village_code = code
            and c.deleted_at is null),
         first as (
         select p.*, row_number() over (order by p.overdue desc, case when p.overdue then p.due_on end, p.visited_on desc,
                                                 p.due_on, p.id) as position
           from promise p
          order by position
          limit 5)
  select json_build_object(
           'promised', count(*),
           'overdue', count(*) filter (where p.overdue),
           'awaiting_confirmation', count(*) filter (where p.status = 'done'),
           'confirmed', count(*) filter (where p.status = 'confirmed'),
           'last', (select coalesce(json_agg(json_build_object(
                             'id', f.id, 'text', f.text, 'office', code_named('offices', f.office), 'visited_on', f.visited_on,
                             'due_on', f.due_on, 'overdue', f.overdue,
                             'percent', (select l.percent from commitment_progress_last(f.id) l), 'status', f.status)
                             order by f.position), '[]')
                      from first f))
    from promise p
$$;

-- Three open obstacles: the most urgent first, then those of the latest visits.
create function village_obstacles(code text) returns json
language sql stable as $$
    with first as (
         select a.*, v.visited_on,
                row_number() over (order by array_position('{high,normal,low}', a.priority), v.visited_on desc, a.id desc)
                  as position
           from aspiration a
                join visit v on v.id = a.visit_id
          where a.village_code = code
            and a.kind = 'obstacle'
            and a.status = 'open'
            and a.deleted_at is null
          order by position
          limit 3)
  select coalesce(json_agg(json_build_object('id', f.id, 'text', f.text, 'topic', code_named('topics', f.topic),
                                             'priority', f.priority, 'raised_by_group', f.raised_by_group,
                                             'visited_on', f.visited_on)
                           order by f.position), '[]')
    from first f
$$;

-- Six published businesses to meet, and no persons: village enterprises, then UMKM. Those with the
-- most published products come first.
create function village_makers(code text) returns json
language sql stable as $$
    with business as (
         select 'village_enterprise' as kind, e.id, e.name
           from village_enterprise e
          where e.villages @> array[code]
            and e.status = 'published'
            and e.deleted_at is null
          union all
         select 'umkm', u.id, u.name
           from umkm u
          where u.village_code = code
            and u.status = 'published'
            and u.deleted_at is null),
         first as (
         select b.*, m.products, row_number() over (order by b.kind desc, cardinality(m.products) desc, b.name, b.id) as position
           from business b
                cross join lateral (select array(select p.name
                                                   from product p
                                                  where b.id in (p.umkm_id, p.village_enterprise_id)
                                                    and p.status = 'published'
                                                    and p.deleted_at is null
                                                  order by p.name, p.id) as products) m
          order by position
          limit 6)
  select coalesce(json_agg(json_build_object('kind', f.kind, 'id', f.id, 'name', f.name, 'products', to_json(f.products[:3]))
                           order by f.position), '[]')
    from first f
$$;

-- Certificates that have ended or end within sixty days, without a later one of the same kind that
-- covers the same products. One of a single product is shown with its name, others with the maker's.
create function village_certificates(code text) returns json
language sql stable as $$
    with first as (
         select c.*, s.state
           from certification c
                cross join lateral (select certification_state(c.ends_on, today()) as state) s
          where c.villages @> array[code]
            and c.deleted_at is null
            and report_counts(c.status, true)
            and s.state <> 'valid'
            and not exists (select
                              from certification l
                             where l.kind = c.kind
                               and (l.umkm_id = c.umkm_id or l.village_enterprise_id = c.village_enterprise_id)
                               and l.product_ids @> c.product_ids
                               and l.ends_on > c.ends_on
                               and l.deleted_at is null
                               and report_counts(l.status, true))
          order by c.ends_on, c.id
          limit 5)
  select coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'holder', coalesce(p.name, u.name, e.name),
                                             'expires_on', f.expires_on, 'state', f.state)
                           order by f.ends_on, f.id), '[]')
    from first f
         left join product p on p.id = f.product_ids[1] and cardinality(f.product_ids) = 1
         left join umkm u on u.id = f.umkm_id
         left join village_enterprise e on e.id = f.village_enterprise_id
$$;

create function village_last_visit(code text) returns json
language sql stable as $$
  select b.brief
    from visit v, visit_brief(v.id) b
   where v.villages @> array[code]
     and v.status = 'done'
     and v.deleted_at is null
   order by v.visited_on desc, v.id desc
   limit 1
$$;

create function village_next_visit(code text) returns json
language sql stable as $$
  select b.brief
    from visit v, visit_brief(v.id) b
   where v.villages @> array[code]
     and v.status = 'planned'
     and v.visited_on >= today()
     and v.deleted_at is null
   order by v.visited_on, v.id
   limit 1
$$;

create function village_next_sessions(code text) returns json
language sql stable as $$
    with first as (
         select s.*
           from mentoring_session s
          where s.villages @> array[code]
            and s.status = 'planned'
            and s.starts_at >= now()
            and s.deleted_at is null
          order by s.starts_at, s.id
          limit 3)
  select coalesce(json_agg(json_build_object('id', f.id, 'title', f.title, 'topic', code_named('topics', f.topic),
                                             'starts_at', utc_text(f.starts_at), 'place', f.place)
                           order by f.starts_at, f.id), '[]')
    from first f
$$;

create function village_briefing(v village)
returns table (as_of timestamptz, day date, code text, kind text, name text, district_code text, district_name text,
  population integer, population_year integer, index_name text, index_year integer, index_score text, index_status text,
  flagship json, income json, promises json, obstacles json, makers json, certificates json, last_visit json, next_visit json,
  next_sessions json, definitions json)
language sql stable as $$
  select report_changed_at(), today(), v.code, v.kind, v.name, v.district_code, v.district_name, v.population,
         v.population_year, v.index_name, v.index_year, v.index_score::text, v.index_status, village_flagship(v.code),
         village_income(v.code), village_promises(v.code), village_obstacles(v.code), village_makers(v.code),
         village_certificates(v.code), village_last_visit(v.code), village_next_visit(v.code), village_next_sessions(v.code),
         report_definitions('village_brief')
$$;

grant execute on function
  village_present(text), village_present(text[]), village_codes(text[])
  to ovop_api, ovop_engine;
grant execute on function
  violations(village), village_brief(text), village_rules(text, text[]), village_row(village),
  villages_to_join(text[], text[], change_request),
  villages_mentored(date, date), village_verified(text), village_flagship(text),
  village_income(text), village_promises(text), village_obstacles(text), village_makers(text),
  village_certificates(text), village_last_visit(text), village_next_visit(text),
  village_next_sessions(text), village_briefing(village)
  to ovop_api;
grant execute on function
  village_names(text[])
  to ovop_public;
