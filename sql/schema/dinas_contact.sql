CREATE TABLE public.dinas_contact (
    name text NOT NULL,
    phone text,
    whatsapp text,
    email text,
    links text[] DEFAULT '{}'::text[] NOT NULL
);

CREATE UNIQUE INDEX dinas_contact_one ON public.dinas_contact USING btree ((true));
