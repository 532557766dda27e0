CREATE TABLE public.schema_functions (
    checksum text NOT NULL,
    triggers text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);
