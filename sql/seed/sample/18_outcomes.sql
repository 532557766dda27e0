-- Sample data: invented outcomes of mentoring. Described as "(contoh)", source `sample`.
insert into outcome (id, umkm_id, session_id, program_id, kind, description, observed_on, value_before, value_after, unit, evidence,
                     village_code, status, verified_at, source)
select r.id, r.umkm_id, r.session_id, r.program_id, r.kind, r.description, r.observed_on, r.value_before, r.value_after, r.unit,
       r.evidence::jsonb, u.village_code, r.status, case r.status when 'verified' then now() end, 'sample'
  from jsonb_to_recordset(:rows) as r (id uuid, umkm_id uuid, session_id uuid, program_id uuid, kind text, description text,
                                       observed_on date, value_before numeric, value_after numeric, unit text, evidence text,
                                       status text)
       join umkm u on u.id = r.umkm_id
    on conflict (id) do nothing
