insert into thing values (gen_random_uuid(), 'a?? b');
