-- Sample data: invented village enterprises of real villages. Named "(contoh)", source `sample`.
insert into village_enterprise (id, name, kind, established_on, unit_businesses, rank, rank_year, village_code, villages, status,
                                verified_at, source)
select r.id, r.name, r.kind, r.established_on, r.unit_businesses::jsonb, r.rank, r.rank_year, r.village_code, r.villages, r.status,
       case when r.status in ('verified', 'published') then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, name text, kind text, established_on date, unit_businesses text, rank text,
                                       rank_year integer, village_code text, villages text[], status text)
    on conflict (id) do nothing
