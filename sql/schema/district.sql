CREATE TABLE public.district (
    code text NOT NULL,
    bps_code text NOT NULL,
    name text NOT NULL COLLATE public.indonesian,
    latitude numeric(7,5) NOT NULL,
    longitude numeric(8,5) NOT NULL,
    postcode text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name], ARRAY[code, bps_code])) STORED NOT NULL,
    CONSTRAINT district_bps_code__pattern CHECK ((bps_code ~ '^3505[0-9]{3}$'::text)),
    CONSTRAINT district_code__pattern CHECK ((code ~ '^35[.]05[.][0-9]{2}$'::text)),
    CONSTRAINT district_postcode__pattern CHECK ((postcode ~ '^[1-9][0-9]{4}$'::text))
);

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_bps_code__unique UNIQUE (bps_code);

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_code__unique PRIMARY KEY (code);

ALTER TABLE ONLY public.district
    ADD CONSTRAINT district_code_name_key UNIQUE (code, name);

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.district FOR EACH ROW EXECUTE FUNCTION public.touch();

GRANT SELECT ON TABLE public.district TO ovop_api;
