-- The same in the peers' tables.
insert into umkm (id, village_code, name)
select m, v.code, 'UD ' || bench_name(m)
  from generate_series((:first + 2) / 3 + 1, (:last + 2) / 3) m
       join bench_village v on v.at = m % 248;

insert into products (id, umkm_id, village_code, name, description, category, price, unit, market_reach, published, created_at,
                      updated_at)
select n, (n + 2) / 3, v.code, bench_name(n), bench_story(n), (array['coffee', 'snacks'])[1 + n % 2], 500 * (1 + n % 400), 'pack',
       (array['local', 'regional', 'national', 'export'])[1 + n / 4 % 4], n % 10 <> 0, t.at, t.at
  from generate_series(:first + 1, :last) n
       join bench_village v on v.at = (n + 2) / 3 % 248
       cross join lateral (select '2026-01-01'::timestamptz + n * interval '1 s' as at) t;

select setval('products_id_seq', :last);
