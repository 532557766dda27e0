CREATE TABLE public.star_rubric (
    id uuid DEFAULT public.uuid_v7() NOT NULL,
    scheme text NOT NULL,
    year integer NOT NULL,
    name text NOT NULL COLLATE public.indonesian,
    name_en text NOT NULL COLLATE public.indonesian,
    criteria jsonb NOT NULL,
    levels jsonb NOT NULL,
    max_total integer GENERATED ALWAYS AS (public.star_max_total(criteria)) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    updated_by uuid,
    CONSTRAINT star_rubric_scheme__enum CHECK ((scheme = ANY (ARRAY['district'::text, 'ministry_2007'::text, 'ministry_2021'::text]))),
    CONSTRAINT star_rubric_year__range CHECK (((year >= 2007) AND (year <= 2100)))
);

ALTER TABLE ONLY public.star_rubric
    ADD CONSTRAINT star_rubric_id__unique PRIMARY KEY (id);

ALTER TABLE ONLY public.star_rubric
    ADD CONSTRAINT star_rubric_year__unique UNIQUE (scheme, year);

CREATE INDEX star_rubric_year_id_idx ON public.star_rubric USING btree (year, id);

CREATE TRIGGER audit AFTER INSERT OR DELETE OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.audit_row('star_rubric', '{}', '{id,max_total,version,updated_at,updated_by}');

CREATE TRIGGER in_use BEFORE UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.refuse_in_use();

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.touch();

CREATE TRIGGER violations BEFORE INSERT OR UPDATE ON public.star_rubric FOR EACH ROW EXECUTE FUNCTION public.refuse_violations();

GRANT SELECT ON TABLE public.star_rubric TO ovop_api;

GRANT INSERT(id) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(scheme) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(year) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(name),UPDATE(name) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(name_en),UPDATE(name_en) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(criteria),UPDATE(criteria) ON TABLE public.star_rubric TO ovop_dinas;

GRANT INSERT(levels),UPDATE(levels) ON TABLE public.star_rubric TO ovop_dinas;
