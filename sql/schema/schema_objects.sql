CREATE TABLE public.schema_objects (
    "position" integer NOT NULL,
    kind text NOT NULL,
    identity text NOT NULL
);

ALTER TABLE public.schema_objects ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.schema_objects_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.schema_objects
    ADD CONSTRAINT schema_objects_pkey PRIMARY KEY ("position");
