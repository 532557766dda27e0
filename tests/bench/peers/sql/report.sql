-- What a dashboard asks about a village's products.
select json_agg(figures)::text
  from (select v.code, v.name, count(*) as products, count(distinct p.umkm_id) as umkm,
               count(*) filter (where p.market_reach = 'local') as local,
               count(*) filter (where p.market_reach = 'regional') as regional,
               count(*) filter (where p.market_reach = 'national') as national,
               count(*) filter (where p.market_reach = 'export') as export,
               percentile_cont(0.5) within group (order by p.price) as median_price
          from villages v
               join products p on p.village_code = v.code and p.published
         where v.code = $1
         group by v.code
         order by v.code) figures
