CREATE TABLE public.village (
    code text NOT NULL,
    bps_code text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL COLLATE public.indonesian,
    district_code text NOT NULL,
    district_name text NOT NULL COLLATE public.indonesian,
    latitude numeric(7,5) NOT NULL,
    longitude numeric(8,5) NOT NULL,
    postcode text NOT NULL,
    population integer,
    population_year integer,
    index_name text,
    index_year integer,
    index_score numeric(5,4),
    index_status text,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name, district_name], ARRAY[code, bps_code])) STORED NOT NULL,
    former_codes text[] DEFAULT '{}'::text[] NOT NULL,
    decree_number text,
    decreed_on date,
    CONSTRAINT village_bps_code__pattern CHECK ((bps_code ~ '^3505[0-9]{6}$'::text)),
    CONSTRAINT village_code__pattern CHECK ((code ~ '^35[.]05[.][0-9]{2}[.][12][0-9]{3}$'::text)),
    CONSTRAINT village_district_code__prefix CHECK ((district_code = "left"(code, 8))),
    CONSTRAINT village_index_name__enum CHECK ((index_name = ANY (ARRAY['idm'::text, 'indeks_desa'::text]))),
    CONSTRAINT village_index_score__range CHECK (((index_score >= (0)::numeric) AND (index_score <= (1)::numeric))),
    CONSTRAINT village_index_status__enum CHECK ((index_status = ANY (ARRAY['sangat_tertinggal'::text, 'tertinggal'::text, 'berkembang'::text, 'maju'::text, 'mandiri'::text]))),
    CONSTRAINT village_kind__enum CHECK ((kind =
CASE substr(code, 10, 1)
    WHEN '1'::text THEN 'kelurahan'::text
    ELSE 'desa'::text
END)),
    CONSTRAINT village_postcode__pattern CHECK ((postcode ~ '^[1-9][0-9]{4}$'::text))
);

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_bps_code__unique UNIQUE (bps_code) DEFERRABLE;

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_code__unique PRIMARY KEY (code);

CREATE INDEX village_district_code_name_code_idx ON public.village USING btree (district_code, name, code);

CREATE INDEX village_name_code_idx ON public.village USING btree (name, code);

CREATE INDEX village_search_idx ON public.village USING gin (search);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.audit_row('village', '{}', '{version,updated_at,updated_by,search}');

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.touch();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.village FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

ALTER TABLE ONLY public.village
    ADD CONSTRAINT village_district_code__exists FOREIGN KEY (district_code, district_name) REFERENCES public.district(code, name) ON UPDATE CASCADE;

GRANT SELECT ON TABLE public.village TO ovop_api;

GRANT UPDATE(population) ON TABLE public.village TO ovop_dinas;

GRANT UPDATE(population_year) ON TABLE public.village TO ovop_dinas;

GRANT UPDATE(index_name) ON TABLE public.village TO ovop_dinas;

GRANT UPDATE(index_year) ON TABLE public.village TO ovop_dinas;

GRANT UPDATE(index_score) ON TABLE public.village TO ovop_dinas;

GRANT UPDATE(index_status) ON TABLE public.village TO ovop_dinas;
