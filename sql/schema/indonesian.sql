CREATE COLLATION public.indonesian (provider = icu, locale = 'id-u-kn-true');
