-- OVOP stars: rubrics, assessments, and advice for the next star.

-- The highest number of stars in a scheme. Stars of different schemes are never compared.
create function star_scheme_stars(scheme text) returns integer
language sql immutable parallel safe as $$
  select case scheme when 'ministry_2021' then 3 else 5 end
$$;

create function violations(r star_rubric) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.most::text)))
      from (values
        ('/levels', 'too_many_items', star_scheme_stars(r.scheme), jsonb_array_length(r.levels) > star_scheme_stars(r.scheme)),
        ('/name', name_fault(r.name), null, name_fault(r.name) is not null),
        ('/name_en', name_fault(r.name_en), null, name_fault(r.name_en) is not null)
       union all
      select format('/criteria/%s/code', c.position - 1), 'unique', null, count(*) over (partition by c.criterion ->> 'code') > 1
        from jsonb_array_elements(r.criteria) with ordinality c (criterion, position)
       union all
      select format('/levels/%s/%s', l.position - 1, b.member), b.code, b.most, b.broken
        from (select v.position, (v.level ->> 'stars')::integer as stars, (v.level ->> 'min_total')::integer as min_total,
                     lag((v.level ->> 'min_total')::integer) over (order by v.position) as below
                from jsonb_array_elements(r.levels) with ordinality v (level, position)) l,
             lateral (values
               ('stars', 'consecutive', null, l.stars <> l.position),
               ('min_total', 'not_rising', null, l.min_total <= l.below),
               ('min_total', 'too_large', star_max_total(r.criteria), l.min_total > star_max_total(r.criteria))
             ) as b (member, code, most, broken)
       union all
      select format('/levels/%s/documents/%s/categories', l.position - 1, d.position - 1), 'exists', null,
             exists (select
                       from jsonb_array_elements_text(d.document -> 'categories') k (category)
                            left join reference c on c.list = 'categories' and c.code = k.category
                      where c.code is null)
        from jsonb_array_elements(r.levels) with ordinality l (level, position),
             jsonb_array_elements(l.level -> 'documents') with ordinality d (document, position)
      ) as rule (pointer, code, most, broken)
     where rule.broken);
end
$$;

create trigger touch before insert or update on star_rubric for each row execute function touch();
create trigger violations before insert or update on star_rubric for each row execute function refuse_violations();

call audit_table('star_rubric', 'star_rubric');

create function star_rubric_row(r star_rubric)
returns table (id uuid, scheme text, year integer, name text, name_en text, criteria json, levels json, max_total integer,
  version integer, updated_at timestamptz)
language sql stable as $$
  select r.id, r.scheme, r.year, r.name, r.name_en, r.criteria::json,
         (select json_agg(json_build_object('stars', l.stars, 'min_total', l.min_total, 'documents',
                    (select coalesce(json_agg(json_build_object('any_of', d.any_of, 'categories', coalesce(d.categories, '[]'))),
                                     '[]')
                       from jsonb_to_recordset(l.documents) as d (any_of jsonb, categories jsonb))) order by l.stars)
            from jsonb_to_recordset(r.levels) as l (stars integer, min_total integer, documents jsonb)),
         r.max_total, r.version, r.updated_at
$$;

call business_triggers('star_assessment');

-- The levels of a rubric. `missing` lists the documents that a product of this category lacks for
-- the level and those below.
create function star_levels(levels jsonb, category text, held text[])
returns table (stars integer, min_total integer, missing jsonb)
language sql immutable as $$
  select l.stars, l.min_total,
         (select coalesce(jsonb_agg(distinct jsonb_build_object('any_of', d.any_of)), '[]')
            from jsonb_to_recordset(levels) as b (stars integer, documents jsonb),
                 jsonb_to_recordset(b.documents) as d (any_of jsonb, categories jsonb)
           where b.stars <= l.stars
             and (coalesce(d.categories, '[]') = '[]' or d.categories ? category)
             and not d.any_of ?| held)
    from jsonb_to_recordset(levels) as l (stars integer, min_total integer)
$$;

-- Stars are computed when the scores are given, so a published result does not change by itself.
-- The lock keeps the rubric unchanged meanwhile.
create function star_assessment_compute() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    select p.umkm_id, p.village_code, p.villages
      into new.umkm_id, new.village_code, new.villages
      from product p
     where p.id = new.product_id
       and p.deleted_at is null;
  end if;

  if tg_op = 'UPDATE' and (new.rubric_id, new.scores) is not distinct from (old.rubric_id, old.scores) then
    return new;
  end if;
  perform from star_rubric where id = new.rubric_id for share;
  new.total := (select sum(s.score) from jsonb_to_recordset(new.scores) as s (score integer));
  new.estimated_stars := (
    select coalesce(max(l.stars), 0)
      from star_rubric r
           join product p on p.id = new.product_id
           cross join star_levels(r.levels, p.category, product_documents(p.id)) l
     where r.id = new.rubric_id
       and l.min_total <= new.total
       and l.missing = '[]'
    having new.rubric_id is not null);
  return new;
end
$$;

create trigger compute before insert or update on star_assessment for each row execute function star_assessment_compute();

create function violations(a star_assessment) returns jsonb
language plpgsql stable as $$
declare
  criteria jsonb := (select r.criteria from star_rubric r where r.id = a.rubric_id and r.scheme = a.scheme);
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.limit_text)))
      from (values
        ('/product_id', 'exists', null, a.village_code is null),
        ('/rubric_id', 'exists', null, a.rubric_id is not null and criteria is null),
        ('/year', 'future', null, a.year > extract(year from today())),
        ('/awarded_on', 'future', null, a.awarded_on > today()),
        ('/stars', 'too_large', star_scheme_stars(a.scheme)::text, a.stars > star_scheme_stars(a.scheme)),
        ('/awarded_by', name_fault(a.awarded_by), null, name_fault(a.awarded_by) is not null)
       union all
      select '/' || m.member, case m.kind when a.kind then 'required' else m.kind || '_only' end, null,
             (m.kind = a.kind) <> m.given
        from (values
          ('rubric_id',          'estimate', a.rubric_id is not null),
          ('scores',             'estimate', a.scores <> '[]'),
          ('stars',              'award',    a.stars is not null),
          ('certificate_number', 'award',    a.certificate_number is not null),
          ('awarded_by',         'award',    a.awarded_by is not null),
          ('awarded_on',         'award',    a.awarded_on is not null)
        ) as m (member, kind, given)
       union all
      select format('/scores/%s/%s', s.position - 1, b.member), b.code, b.limit_text, b.broken
        from (select v.position, v.score ->> 'criterion' as criterion, (v.score ->> 'score')::integer as score,
                     count(*) over (partition by v.score ->> 'criterion') as times
                from jsonb_array_elements(a.scores) with ordinality v (score, position)) s
             left join jsonb_to_recordset(criteria) as c (code text, max_score integer) on c.code = s.criterion,
             lateral (values
               ('criterion', 'exists', null, c.code is null),
               ('criterion', 'unique', null, s.times > 1),
               ('score', 'too_large', c.max_score::text, s.score > c.max_score)
             ) as b (member, code, limit_text, broken)
       where criteria is not null
       union all
      select '/scores', 'criterion_missing', c.code, not a.scores @> jsonb_build_array(jsonb_build_object('criterion', c.code))
        from jsonb_to_recordset(criteria) as c (code text)
       where a.scores <> '[]'
      ) as rule (pointer, code, limit_text, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on star_assessment
   for each row execute function refuse_violations();
create trigger violations_unique before insert or update on star_assessment for each row execute function refuse_duplicates();
create trigger follow_assessment after update on product
   for each row when ((new.umkm_id, new.villages, new.village_code) is distinct from (old.umkm_id, old.villages, old.village_code))
   execute function follow('star_assessment', 'product_id', 'umkm_id');

-- A rubric in use cannot change.
create trigger in_use before update on star_rubric for each row execute function refuse_in_use();

create function star_assessment_row(a star_assessment, expand text[] default null)
returns table (id uuid, product_id uuid, kind text, scheme text, year integer, rubric_id uuid, scores json, total integer,
  stars integer, certificate_number text, awarded_by text, awarded_on date, note text, umkm_id uuid, village_code text,
  villages json, village json, product json, rubric json, warnings json, status text, status_note text, change_request json,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select a.id, a.product_id, a.kind, a.scheme, a.year, a.rubric_id, a.scores::json, a.total, a.result, a.certificate_number,
         a.awarded_by, a.awarded_on, a.note, a.umkm_id, a.village_code, to_json(a.villages || a.villages_waiting),
         case when 'village' = any (expand) then (select b.brief from village_brief(a.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(a.product_id) b) end,
         case when 'rubric' = any (expand)
              then (select (to_jsonb(r) || jsonb_build_object('updated_at', utc_text(r.updated_at)))::json
                      from star_rubric s, star_rubric_row(s) r
                     where s.id = a.rubric_id) end,
         w.warnings, a.status, a.status_note, c.brief, o.allowed_actions, a.version, a.source, a.created_at, a.created_by,
         a.updated_at, a.updated_by, a.verified_at, a.verified_by
    from duplicate_warnings(a, '[]') w, change_request_brief(a.change_request) c,
         allowed_actions('star_assessment', a.status, a.writers, a.village_code, a.change_request) o
$$;

-- The points and documents that an estimate lacks for the next star, with today's documents.
create function star_advice(a star_assessment)
returns table (assessment_id uuid, product_id uuid, rubric_id uuid, total integer, stars integer, next_star integer,
  threshold integer, points_missing integer, gains json, documents_missing json, one_document_away boolean)
language sql stable as $$
  select a.id, a.product_id, a.rubric_id, a.total, a.estimated_stars, n.stars, n.min_total,
         case when n.stars is not null then greatest(n.min_total - a.total, 0) end,
         (select coalesce(json_agg(json_build_object('criterion', c.code, 'name', c.name, 'name_en', c.name_en,
                                                     'score', s.score, 'max_score', c.max_score, 'gain', c.max_score - s.score)
                                   order by c.max_score - s.score desc, c.code), '[]')
            from jsonb_to_recordset(r.criteria) as c (code text, name text, name_en text, max_score integer)
                 join jsonb_to_recordset(a.scores) as s (criterion text, score integer) on s.criterion = c.code
           where c.max_score > s.score),
         coalesce(n.missing, '[]')::json,
         coalesce(n.min_total <= a.total and jsonb_array_length(n.missing) = 1, false)
    from star_rubric r
         join product p on p.id = a.product_id
         left join lateral star_levels(r.levels, p.category, product_documents(p.id)) n on n.stars = a.estimated_stars + 1
   where r.id = a.rubric_id
$$;

grant execute on function
  star_scheme_stars(text), violations(star_rubric), star_rubric_row(star_rubric),
  star_levels(jsonb, text, text[]), violations(star_assessment),
  star_assessment_row(star_assessment, text[]), star_advice(star_assessment)
  to ovop_api;

call duplicate_rules('star_assessment');

call list_rows('star_assessment');
