CREATE TABLE public.retention (
    resource text NOT NULL,
    months integer NOT NULL,
    CONSTRAINT retention_months_check CHECK ((months > 0))
);

ALTER TABLE ONLY public.retention
    ADD CONSTRAINT retention_pkey PRIMARY KEY (resource);

CREATE TRIGGER changed AFTER INSERT OR UPDATE ON public.retention FOR EACH ROW EXECUTE FUNCTION public.retention_changed();
