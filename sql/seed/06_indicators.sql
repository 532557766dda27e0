-- What targets are set for; `figure` names the report's figure that measures it. Afterwards the Dinas keeps the list.
insert into reference (list, code, name_id, name_en, unit, figure)
select 'indicators', r.code, r.name_id, r.name_en, r.unit, r.figure
  from jsonb_to_recordset(:rows) as r (code text, name_id text, name_en text, unit text, figure text)
    on conflict (list, code, edition) do nothing
