CREATE TABLE public.report_figure (
    report text NOT NULL,
    figure text NOT NULL,
    "position" integer NOT NULL,
    unit text NOT NULL,
    definition text NOT NULL,
    definition_en text NOT NULL
);

ALTER TABLE ONLY public.report_figure
    ADD CONSTRAINT report_figure_pkey PRIMARY KEY (report, figure);

GRANT SELECT ON TABLE public.report_figure TO ovop_api;
