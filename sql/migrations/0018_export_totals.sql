-- The district's export totals for the public: verified exports only, and no cell that reveals a
-- single exporter's trade.

-- One row for each exporter in a cell. Triggers update it with every change of an export, so that
-- the public reads a small table.
create table export_total (
  year integer not null,
  hs_chapter text not null,
  country_code text not null,
  exporter text not null,   -- exporter_key() of its name
  business text not null,   -- its NIB, or the same key without one
  shipments integer not null,
  quantity_kg numeric not null,
  fob_idr numeric not null,
  primary key (year, exporter, business, country_code, hs_chapter)
);

call force_policies('export_total');
