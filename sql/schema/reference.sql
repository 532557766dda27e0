CREATE TABLE public.reference (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    list text NOT NULL,
    code text NOT NULL,
    edition text,
    name text NOT NULL COLLATE public.indonesian,
    name_en text NOT NULL COLLATE public.indonesian,
    valid_from date,
    valid_to date,
    alpha3 text,
    minor_units integer,
    sea_only boolean,
    country_code text,
    customs_code text,
    equivalent_code text,
    unit text,
    figure text,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    search tsvector GENERATED ALWAYS AS (public.search_vector(ARRAY[name, name_en], ARRAY[code])) STORED NOT NULL,
    rate_idr numeric,
    CONSTRAINT reference_list__enum CHECK ((list = ANY (ARRAY['kbli'::text, 'hs'::text, 'countries'::text, 'currencies'::text, 'incoterms'::text, 'ports'::text, 'topics'::text, 'categories'::text, 'offices'::text, 'indicators'::text])))
);

ALTER TABLE ONLY public.reference
    ADD CONSTRAINT reference_code__unique UNIQUE NULLS NOT DISTINCT (list, code, edition);

ALTER TABLE ONLY public.reference
    ADD CONSTRAINT reference_id__unique PRIMARY KEY (id);

CREATE INDEX reference_list_name_id_idx ON public.reference USING btree (list, name, id);

CREATE INDEX reference_search_idx ON public.reference USING gin (search);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.audit_row('reference', '{}', '{id,version,updated_at,updated_by,search}');

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.touch();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.reference FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

GRANT SELECT ON TABLE public.reference TO ovop_api;

GRANT INSERT(id) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(list) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(code) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(edition) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(name),UPDATE(name) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(name_en),UPDATE(name_en) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(valid_from),UPDATE(valid_from) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(valid_to),UPDATE(valid_to) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(alpha3),UPDATE(alpha3) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(minor_units),UPDATE(minor_units) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(sea_only),UPDATE(sea_only) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(country_code),UPDATE(country_code) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(customs_code),UPDATE(customs_code) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(equivalent_code),UPDATE(equivalent_code) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(unit),UPDATE(unit) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(figure),UPDATE(figure) ON TABLE public.reference TO ovop_dinas;

GRANT INSERT(rate_idr),UPDATE(rate_idr) ON TABLE public.reference TO ovop_dinas;
