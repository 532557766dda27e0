CREATE TABLE public.export_total (
    year integer NOT NULL,
    hs_chapter text NOT NULL,
    country_code text NOT NULL,
    exporter text NOT NULL,
    nib text NOT NULL,
    shipments integer NOT NULL,
    quantity_kg numeric NOT NULL,
    fob_idr numeric NOT NULL
);

ALTER TABLE ONLY public.export_total FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.export_total
    ADD CONSTRAINT export_total_pkey PRIMARY KEY (year, exporter, nib, country_code, hs_chapter);

ALTER TABLE public.export_total ENABLE ROW LEVEL SECURITY;
