-- Sample data: invented requests of owners of sample UMKM. Two were answered in time, one waits.
insert into data_subject_request (id, kind, umkm_id, details, received_at, due_at, village_code, status, verified_at, source)
select r.id, r.kind, r.umkm_id, r.details, r.received_at, r.received_at + interval '72 hours', u.village_code, r.status,
       r.decided_at, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, kind text, umkm_id uuid, details text, received_at timestamptz, status text,
                                       decided_at timestamptz)
       join umkm u on u.id = r.umkm_id
    on conflict (id) do nothing
