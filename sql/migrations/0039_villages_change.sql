-- A UMKM reports a month once for all products together, or once for each product.
drop index production_report_month__unique, production_report_umkm_id_month_id_idx;

create unique index production_report_month__unique on production_report (umkm_id, month, product_id) nulls not distinct
 where deleted_at is null and status = 'verified';

alter table production_report add constraint production_report_product_id__month_together
  exclude using gist (umkm_id with =, month with =, (case when product_id is null then 1 else 0 end) with <>)
    where (deleted_at is null and status = 'verified');

create index production_report_umkm_id_month_id_idx on production_report (umkm_id, month, id)
       include (turnover_idr, workers_total, status, product_id)  -- the columns that reports read
 where deleted_at is null;

-- About how many rupiah a unit of a currency is worth. Exports compare their rate with it.
alter table reference add column rate_idr numeric;

grant insert (rate_idr), update (rate_idr) on reference to ovop_dinas;

-- The codes that a village, or one merged into it, had before, and the last decree that changed it.
alter table village
  add column former_codes text[] not null default '{}',
  add column decree_number text,
  add column decreed_on date;

-- While a village gets another code, two rows have one BPS code, and a record has another code than
-- its parent.
alter table village drop constraint village_bps_code__unique,
  add constraint village_bps_code__unique unique (bps_code) deferrable;

do $$
declare
  link record;
begin
  for link in select c.conrelid::regclass as child, c.conname
                from pg_constraint c
                     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
               where c.contype = 'f' and c.confrelid <> 'village'::regclass and a.attname = 'village_code' loop
    execute format('alter table %s alter constraint %I deferrable', link.child, link.conname);
  end loop;
end
$$;

-- A caller's villages under all their codes: a token may name the former one, and so do old entries
-- of the audit. village_codes() is a function of functions/, which do not exist yet.
set local check_function_bodies = off;

create or replace function claim_villages() returns text[]
language sql stable parallel safe as $$
  select village_codes(jsonb_texts(claims() -> 'villages'))
$$;

set local check_function_bodies = on;
