-- Changes an export that is a draft or needs revision.
  with w as (
       update export e
          set (exporter_name, exporter_nib, mode, buyer_id, destination_country, port_code, exported_on, incoterm, documents,
               lines, village_code)
              = (select n.exporter_name, n.exporter_nib, n.mode, n.buyer_id, n.destination_country, n.port_code,
                        n.exported_on, n.incoterm, n.documents, n.lines, n.village_code
                   from jsonb_populate_record(e, :body) n)
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag
  from w, export_row(w.e) r
