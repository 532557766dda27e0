-- Records an export.
  with w as (
       insert into export as e (id, exporter_name, exporter_nib, mode, buyer_id, destination_country, port_code, exported_on,
                                incoterm, documents, lines, village_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.exporter_name, :body.exporter_nib, :body.mode, :body.buyer_id,
               :body.destination_country, :body.port_code, :body.exported_on, :body.incoterm, coalesce(:body.documents, '[]'),
               :body.lines, :body.village_code)
    returning e)
select r.*, r.version::text as _etag, '/v1/exports/' || r.id as _location
  from w, export_row(w.e) r
