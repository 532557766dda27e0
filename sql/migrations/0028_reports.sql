-- Reports: the meaning of each figure.

-- The meaning and unit of a report's figure. A seed fills this table, and every report shows its
-- rows.
create table report_figure (
  report text not null,
  figure text not null,
  position integer not null,
  unit text not null,
  definition text not null,
  definition_en text not null,
  primary key (report, figure)
);

grant select on report_figure to ovop_api;
