-- The service's products from :first + 1 to :last, a fourth of them with a step to a market, a tenth still drafts.
insert into umkm (id, name, kbli_code, kbli_edition, legal_form, workers_male, workers_female, village_code, status, source,
                  created_at, updated_at)
select bench_id(m), 'UD ' || bench_name(m), '10761', '2025', 'perorangan', m % 7, m % 5, v.code, 'published', 'import', t.at, t.at
  from generate_series((:first + 2) / 3 + 1, (:last + 2) / 3) m
       join bench_village v on v.at = m % 248
       cross join lateral (select '2026-01-01'::timestamptz + m * interval '1 s' as at) t;

insert into product (id, umkm_id, name, story, category, price_min_idr, unit, market_steps, village_code, villages, status,
                     source, created_at, updated_at)
select bench_id(n), bench_id((n + 2) / 3), bench_name(n), bench_story(n), (array['coffee', 'snacks'])[1 + n % 2],
       500 * (1 + n % 400), 'pack',
       case n % 4
         when 0 then array[row(bench_id(n), (array['local', 'province', 'national', 'international'])[1 + n / 4 % 4],
                               '2025-06-01', 'x', null, null, t.at, null)::market_step]
         else '{}'
       end,
       v.code, array[v.code], case n % 10 when 0 then 'draft' else 'published' end, 'import', t.at, t.at
  from generate_series(:first + 1, :last) n
       join bench_village v on v.at = (n + 2) / 3 % 248
       cross join lateral (select '2026-01-01'::timestamptz + n * interval '1 s' as at) t;
