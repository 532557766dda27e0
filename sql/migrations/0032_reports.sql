-- Reports: the envelope they share, the area a figure is counted in, and what each figure means.

-- What a figure of a report means and in which unit it is told; filled by the seed, told with every report.
create table report_figure (
  report text not null,
  figure text not null,
  position integer not null,
  unit text not null,
  definition_id text not null,
  definition_en text not null,
  primary key (report, figure)
);

-- The villages in the caller's scope, and the area that each is counted in: its kecamatan, or itself.
create function report_areas(counted_by text, districts text[] default null, villages text[] default null)
returns table (village_code text, code text, name text, longitude numeric, latitude numeric)
language sql stable as $$
  select v.code, a.code, a.name, a.longitude, a.latitude
    from village v
         join lateral (select v.code, v.name, v.longitude, v.latitude
                        where counted_by = 'village'
                        union all
                       select d.code, d.name, d.longitude, d.latitude
                         from district d
                        where d.code = v.district_code
                          and counted_by = 'district') a on true
   where in_scope(v.code)
     and (districts is null or v.district_code = any (districts))
     and (villages is null or v.code = any (villages))
$$;

-- Whether a record counts: when its verifier has read it, or already when it was handed in.
create function report_counts(status text, verified_only boolean) returns boolean
language sql immutable parallel safe as $$
  select status in ('verified', 'published') or not verified_only and status = 'submitted'
$$;

-- A part of a whole, 0 to 1; of nothing there is no share.
create function share(part numeric, whole numeric) returns numeric
language sql immutable parallel safe as $$
  select round(part / nullif(whole, 0), 4)
$$;

-- The last change of the register: two reports that name the same one show the same register.
create function register_changed_at() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select a.at from audit_log a order by a.id desc limit 1
$$;

-- What the figures of a report mean.
create function report_definitions(report text) returns json
language sql stable as $$
  select json_agg(json_build_object('figure', f.figure, 'unit', f.unit, 'definition_id', f.definition_id,
                                    'definition_en', f.definition_en)
                  order by f.position)
    from report_figure f
   where f.report = report_definitions.report
$$;

-- A report as it is told: report_<name>() counts. Planned anew for the values at hand. Without a period: this year until today.
-- Compiling a plan (jit) takes longer than it saves: up to a second for a report of a fifth of one.
create function report_result(name text, counted_by text, districts text[], villages text[], since date, upto date,
                              verified boolean)
returns table (report text, as_of timestamptz, period_from date, period_to date, by text, verified_only boolean, total json,
  rows json, definitions json)
language plpgsql stable set jit = off as $$
begin
  period_to := coalesce(upto, today());
  period_from := coalesce(since, date_trunc('year', period_to)::date);
  if period_from > period_to then
    perform refuse('invalid_parameter', '[{"parameter": "period_to", "code": "before_start"}]');
  end if;

  report := name;
  as_of := register_changed_at();
  "by" := counted_by;
  verified_only := verified;
  execute format('select total, rows from %I($1, $2, $3, $4, $5, $6)', 'report_' || name)
     into total, rows
    using counted_by, districts, villages, period_from, period_to, verified;
  definitions := report_definitions(name);
  return next;
end
$$;

grant select on report_figure to ovop_api;
grant execute on function
  report_areas(text, text[], text[]), report_counts(text, boolean), share(numeric, numeric), register_changed_at(),
  report_definitions(text), report_result(text, text, text[], text[], date, date, boolean)
  to ovop_api;
