-- What the figures of the reports mean.
insert into report_figure (report, figure, position, unit, definition_id, definition_en)
select r.report, r.figure, row_number() over (), r.unit, r.definition_id, r.definition_en
  from jsonb_to_recordset(:rows) as r (report text, figure text, unit text, definition_id text, definition_en text)
    on conflict (report, figure) do update
   set position = excluded.position, unit = excluded.unit, definition_id = excluded.definition_id,
       definition_en = excluded.definition_en
