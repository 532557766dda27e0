-- The meaning of each figure of the reports.
insert into report_figure (report, figure, position, unit, definition, definition_en)
select r.report, r.figure, row_number() over (), r.unit, r.definition, r.definition_en
  from jsonb_to_recordset(:rows) as r (report text, figure text, unit text, definition text, definition_en text)
    on conflict (report, figure) do update
   set position = excluded.position, unit = excluded.unit, definition = excluded.definition,
       definition_en = excluded.definition_en
