-- Sample data: invented exports. Named "(contoh)", source `sample`. Nobody has published the real
-- exports of the villages.
insert into export (id, exporter_name, mode, buyer_id, destination_country, port_code, exported_on, incoterm, documents, lines,
                    village_code, status, verified_at, source)
select r.id, r.exporter_name, r.mode, r.buyer_id, r.destination_country, r.port_code, r.exported_on, r.incoterm,
       r.documents::jsonb, r.lines::jsonb, r.village_code, r.status, case r.status when 'verified' then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, exporter_name text, mode text, buyer_id uuid, destination_country text,
                                       port_code text, exported_on date, incoterm text, documents text, lines text,
                                       village_code text, status text)
    on conflict (id) do nothing
