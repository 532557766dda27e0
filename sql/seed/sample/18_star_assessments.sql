-- Sample data: invented assessments, source `sample`. Nobody has published real scores of the
-- villages' products.
insert into star_assessment (id, product_id, kind, scheme, year, rubric_id, scores, stars, certificate_number, awarded_by,
                             awarded_on, note, status, verified_at, source)
select r.id, r.product_id, r.kind, r.scheme, r.year, b.id,
       (select coalesce(jsonb_agg(jsonb_build_object('criterion', s.criterion, 'score', s.score::integer)), '[]')
          from jsonb_each_text(r.scores::jsonb) s (criterion, score)),
       r.stars, r.certificate_number, r.awarded_by, r.awarded_on, r.note, r.status,
       case when r.status in ('verified', 'published') then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, product_id uuid, kind text, scheme text, year integer, scores text,
                                       stars integer, certificate_number text, awarded_by text, awarded_on date, note text,
                                       status text)
       left join star_rubric b on r.kind = 'estimate' and b.scheme = r.scheme and b.year = 2026
    on conflict (id) do nothing
