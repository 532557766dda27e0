-- OVOP stars: the rubrics they are estimated by, the district's estimates, the awards, and what the next star needs.

-- A scheme's most stars. Stars of two schemes are never compared.
create function star_scheme_stars(scheme text) returns integer
language sql immutable parallel safe as $$
  select case scheme when 'ministry_2021' then 3 else 5 end
$$;

create function star_max_total(criteria jsonb) returns integer
language sql immutable parallel safe as $$
  select sum((c ->> 'max_score')::integer)::integer from jsonb_array_elements(criteria) c
$$;

create table star_rubric (
  id uuid constraint star_rubric_id__unique primary key default uuid_v7(),
  scheme text not null constraint star_rubric_scheme__enum check (scheme in ('district', 'ministry_2007', 'ministry_2021')),
  year integer not null constraint star_rubric_year__range check (year between 2007 and 2100),
  name_id text not null,
  name_en text not null,
  criteria jsonb not null,  -- [{code, name_id, name_en, max_score}]
  levels jsonb not null,    -- [{stars, min_total, documents: [{any_of: [kind], categories: [category]}]}], one star first
  max_total integer not null generated always as (star_max_total(criteria)) stored,
  version integer not null default 1,
  updated_at timestamptz(3) not null default now(),
  updated_by uuid,
  constraint star_rubric_year__unique unique (scheme, year)
);

create index on star_rubric (year, id);

create function star_rubric_violations(r star_rubric) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.most::text)))
      from (values
        ('/levels', 'too_many_items', star_scheme_stars(r.scheme), jsonb_array_length(r.levels) > star_scheme_stars(r.scheme))
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
returns table (id uuid, scheme text, year integer, name_id text, name_en text, criteria json, levels json, max_total integer,
  version integer, updated_at timestamptz)
language sql stable as $$
  select r.id, r.scheme, r.year, r.name_id, r.name_en, r.criteria::json,
         (select json_agg(json_build_object('stars', l.stars, 'min_total', l.min_total, 'documents',
                    (select coalesce(json_agg(json_build_object('any_of', d.any_of, 'categories', coalesce(d.categories, '[]'))),
                                     '[]')
                       from jsonb_to_recordset(l.documents) as d (any_of jsonb, categories jsonb))) order by l.stars)
            from jsonb_to_recordset(r.levels) as l (stars integer, min_total integer, documents jsonb)),
         r.max_total, r.version, r.updated_at
$$;

-- An estimate is the district's own, by a rubric; an award is somebody's decision, of which only the result is known.
create table star_assessment (
  product_id uuid not null constraint star_assessment_product_id__exists references product (id),
  kind text not null constraint star_assessment_kind__enum check (kind in ('estimate', 'award')),
  scheme text not null
    constraint star_assessment_scheme__enum check (scheme in ('district', 'ministry_2007', 'ministry_2021')),
  year integer not null constraint star_assessment_year__range check (year between 2007 and 2100),
  rubric_id uuid constraint star_assessment_rubric_id__exists references star_rubric (id),
  scores jsonb not null default '[]',  -- [{criterion, score}]
  stars integer constraint star_assessment_stars__range check (stars between 1 and 5),  -- an award's
  certificate_number text,
  awarded_by text,
  awarded_on date,
  note text,
  -- Set by star_assessment_compute(): an estimate's result on the day it was scored, and where the product belongs.
  total integer,
  estimated_stars integer,
  umkm_id uuid,
  village_code text not null constraint star_assessment_village_code__exists references village (code),
  villages text[] not null constraint star_assessment_villages__lead check (village_code = any (villages)),
  district_codes text[] not null generated always as (district_codes(villages)) stored,
  result integer generated always as (coalesce(stars, estimated_stars)) stored,
  search tsvector not null generated always as (to_tsvector('simple',
    coalesce(certificate_number, '') || ' ' || coalesce(awarded_by, '') || ' ' || coalesce(note, ''))) stored
);

call business_table('star_assessment', shared => true, writers => '{dinas}');

create unique index star_assessment_year__unique on star_assessment (product_id, scheme, year, kind) where deleted_at is null;
create index on star_assessment (year, id) where deleted_at is null;
create index on star_assessment (updated_at, id) where deleted_at is null;
create index on star_assessment (status, year, id) where deleted_at is null;
create index on star_assessment (kind, year, id) where deleted_at is null;
create index on star_assessment (scheme, year, id) where deleted_at is null;
create index on star_assessment (result, year, id) where deleted_at is null;
create index on star_assessment (umkm_id, year, id) where deleted_at is null;
create index on star_assessment (rubric_id) where deleted_at is null;
create index on star_assessment (year, id) where (change_request).status = 'open' and deleted_at is null;
create index on star_assessment using gin (villages) where deleted_at is null;
create index on star_assessment using gin (district_codes) where deleted_at is null;
create index on star_assessment using gin (search) where deleted_at is null;

call restrict_processing('star_assessment', 'umkm_id');

-- The kinds of documents that a product holds today, its own or its producer's: told to whoever may read its assessment, also
-- where the producer is of another village.
create function product_documents(product_id uuid) returns text[]
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return array(select 'nib'
                 from product p
                      join umkm u on u.id = p.umkm_id
                where p.id = product_documents.product_id
                  and u.nib is not null
                  and u.status in ('verified', 'published')
                union
               select c.kind
                 from product p
                      join certification c on c.product_id = p.id or c.umkm_id = p.umkm_id
                where p.id = product_documents.product_id
                  and c.ends_on >= today()
                  and c.status in ('verified', 'published')
                  and c.deleted_at is null);
end
$$;

-- The levels of a rubric, each with what a product of this category lacks for it and for those below.
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

-- Stars are counted when the scores are given: what is published does not change by itself. The rubric is locked, so that
-- nobody changes it meanwhile.
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

create function star_assessment_violations(a star_assessment) returns jsonb
language plpgsql stable as $$
declare
  criteria jsonb := (select r.criteria from star_rubric r where r.id = a.rubric_id and r.scheme = a.scheme);
begin
  return (
    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('pointer', rule.pointer, 'code', rule.code, 'limit', rule.told)))
      from (values
        ('/product_id', 'exists', null, a.village_code is null),
        ('/rubric_id', 'exists', null, a.rubric_id is not null and criteria is null),
        ('/year', 'future', null, a.year > extract(year from today())),
        ('/awarded_on', 'future', null, a.awarded_on > today()),
        ('/stars', 'too_large', star_scheme_stars(a.scheme)::text, a.stars > star_scheme_stars(a.scheme))
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
      select format('/scores/%s/%s', s.position - 1, b.member), b.code, b.told, b.broken
        from (select v.position, v.score ->> 'criterion' as criterion, (v.score ->> 'score')::integer as score,
                     count(*) over (partition by v.score ->> 'criterion') as times
                from jsonb_array_elements(a.scores) with ordinality v (score, position)) s
             left join jsonb_to_recordset(criteria) as c (code text, max_score integer) on c.code = s.criterion,
             lateral (values
               ('criterion', 'exists', null, c.code is null),
               ('criterion', 'unique', null, s.times > 1),
               ('score', 'too_large', c.max_score::text, s.score > c.max_score)
             ) as b (member, code, told, broken)
       where criteria is not null
       union all
      select '/scores', 'criterion_missing', c.code, not a.scores @> jsonb_build_array(jsonb_build_object('criterion', c.code))
        from jsonb_to_recordset(criteria) as c (code text)
       where a.scores <> '[]'
      ) as rule (pointer, code, told, broken)
     where rule.broken);
end
$$;

create trigger violations before insert or update on star_assessment
   for each row execute function refuse_violations();

create trigger follow_assessment after update on product
   for each row when ((new.umkm_id, new.villages, new.village_code) is distinct from (old.umkm_id, old.villages, old.village_code))
   execute function follow('star_assessment', 'product_id', 'umkm_id');

-- What was assessed, and by what, stays as it was.
create trigger in_use_assessment before update on star_rubric
   for each row execute function refuse_in_use('star_assessment', 'rubric_id');
create trigger in_use_assessment before update on product
   for each row when (new.deleted_at is not null) execute function refuse_in_use('star_assessment', 'product_id');

create function star_assessment_row(a star_assessment, expand text[] default null)
returns table (id uuid, product_id uuid, kind text, scheme text, year integer, rubric_id uuid, scores json, total integer,
  stars integer, certificate_number text, awarded_by text, awarded_on date, note text, umkm_id uuid, village_code text,
  villages json, village json, product json, rubric json, status text, status_note text, change_request json,
  allowed_actions json, version integer, source text, created_at timestamptz, created_by uuid, updated_at timestamptz,
  updated_by uuid, verified_at timestamptz, verified_by uuid)
language sql stable as $$
  select a.id, a.product_id, a.kind, a.scheme, a.year, a.rubric_id, a.scores::json, a.total, a.result, a.certificate_number,
         a.awarded_by, a.awarded_on, a.note, a.umkm_id, a.village_code, to_json(a.villages),
         case when 'village' = any (expand) then (select b.brief from village_brief(a.village_code) b) end,
         case when 'product' = any (expand) then (select b.brief from product_brief(a.product_id) b) end,
         case when 'rubric' = any (expand)
              then (select (to_jsonb(r) || jsonb_build_object('updated_at', utc_text(r.updated_at)))::json
                      from star_rubric s, star_rubric_row(s) r
                     where s.id = a.rubric_id) end,
         a.status, a.status_note, c.brief, o.allowed_actions, a.version, a.source, a.created_at, a.created_by, a.updated_at,
         a.updated_by, a.verified_at, a.verified_by
    from change_request_brief(a.change_request) c,
         allowed_actions('star_assessment', a.status, a.writers, a.village_code, a.change_request) o
$$;

-- What an estimate needs for one star more, by the documents of today.
create function star_advice(a star_assessment)
returns table (assessment_id uuid, product_id uuid, rubric_id uuid, total integer, stars integer, next_star integer,
  threshold integer, points_missing integer, gains json, documents_missing json, one_document_away boolean)
language sql stable as $$
  select a.id, a.product_id, a.rubric_id, a.total, a.estimated_stars, n.stars, n.min_total,
         case when n.stars is not null then greatest(n.min_total - a.total, 0) end,
         (select coalesce(json_agg(json_build_object('criterion', c.code, 'name_id', c.name_id, 'name_en', c.name_en,
                                                     'score', s.score, 'max_score', c.max_score, 'gain', c.max_score - s.score)
                                   order by c.max_score - s.score desc, c.code), '[]')
            from jsonb_to_recordset(r.criteria) as c (code text, name_id text, name_en text, max_score integer)
                 join jsonb_to_recordset(a.scores) as s (criterion text, score integer) on s.criterion = c.code
           where c.max_score > s.score),
         coalesce(n.missing, '[]')::json,
         coalesce(n.min_total <= a.total and jsonb_array_length(n.missing) = 1, false)
    from star_rubric r
         join product p on p.id = a.product_id
         left join lateral star_levels(r.levels, p.category, product_documents(p.id)) n on n.stars = a.estimated_stars + 1
   where r.id = a.rubric_id
$$;

create policy public_select on star_assessment for select to ovop_public using (status = 'published' and deleted_at is null);
grant select (id, product_id, kind, scheme, year, result, certificate_number, awarded_by, awarded_on, umkm_id, status, deleted_at)
   on star_assessment to ovop_public;
create index on star_assessment (product_id, kind, year, id) where status = 'published' and deleted_at is null;
create index on star_assessment (kind, result) where status = 'published' and deleted_at is null;

-- The latest published award and the latest published estimate of a product, apart.
create function catalog_product_stars(product_id uuid) returns table (star_award json, star_estimate json)
language sql stable as $$
  select (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result, 'awarded_by', a.awarded_by,
                                   'awarded_on', a.awarded_on, 'certificate_number', a.certificate_number)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'award'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1),
         (select json_build_object('scheme', a.scheme, 'year', a.year, 'stars', a.result)
            from star_assessment a
           where a.product_id = catalog_product_stars.product_id
             and a.kind = 'estimate'
             and a.status = 'published'
             and a.deleted_at is null
           order by a.year desc, a.id desc
           limit 1)
$$;

-- The products whose latest published award or estimate is of these schemes and has so many stars.
create function catalog_starred(kind text, schemes text[], stars integer[]) returns setof uuid
language sql stable as $$
  select a.product_id
    from star_assessment a
   where a.kind = catalog_starred.kind
     and a.status = 'published'
     and a.deleted_at is null
     and (schemes is null or a.scheme = any (schemes))
     and (catalog_starred.stars is null or a.result = any (catalog_starred.stars))
     and not exists (select
                       from star_assessment n
                      where n.product_id = a.product_id
                        and n.kind = a.kind
                        and n.status = 'published'
                        and n.deleted_at is null
                        and (n.year, n.id) > (a.year, a.id))
$$;

grant select on star_rubric to ovop_api;
grant insert (id, scheme, year, name_id, name_en, criteria, levels), update (name_id, name_en, criteria, levels)
   on star_rubric to ovop_dinas;
grant execute on function
  star_scheme_stars(text), star_max_total(jsonb), star_rubric_violations(star_rubric), star_rubric_row(star_rubric),
  product_documents(uuid), star_levels(jsonb, text, text[]), star_assessment_violations(star_assessment),
  star_assessment_row(star_assessment, text[]), star_advice(star_assessment)
  to ovop_api;
grant execute on function catalog_product_stars(uuid), catalog_starred(text, text[], integer[]) to ovop_public;
