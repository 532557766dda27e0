-- The indicators of targets. `figure` names the report's figure that measures the indicator. The
-- Dinas maintains the list afterwards.
insert into reference (list, code, name, name_en, unit, figure)
select 'indicators', r.code, r.name, r.name_en, r.unit, r.figure
  from jsonb_to_recordset(:rows) as r (code text, name text, name_en text, unit text, figure text)
    on conflict (list, code, edition) do nothing
