-- What both sides are made of: product n is of UMKM (n + 2) / 3, UMKM m of village m modulo 248.
create function bench_id(n bigint) returns uuid
language sql immutable parallel safe as $$
  select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid
$$;

create function bench_name(n bigint) returns text
language sql immutable parallel safe as $$
  select (array['Keripik', 'Sambal', 'Kopi', 'Batik', 'Anyaman', 'Madu', 'Gula', 'Tenun'])[1 + n * 7 % 8] || ' '
         || (array['pisang', 'pandan', 'singkong', 'manis', 'pedas', 'asli', 'rumahan'])[1 + n * 5 % 7] || ' ' || n
$$;

create function bench_story(n bigint) returns text
language sql immutable parallel safe as $$
  select string_agg((array['Dibuat setiap pagi dari hasil kebun warga desa, tanpa bahan tambahan. ',
                           'Resepnya turun dari nenek, dan masih dikerjakan dengan tangan. ',
                           'Kemasan "ramah lingkungan" menjaga mutunya sampai enam bulan. ',
                           'Sebagian hasil penjualan kembali ke kas desa untuk air bersih. ',
                           'Pesanan dikerjakan bergiliran oleh kelompok ibu di tiga dusun. '])[1 + (n * k + k) % 5], '')
    from generate_series(1, 3) k
$$;

create table bench_village as
select code, row_number() over (order by code) - 1 as at from village;
