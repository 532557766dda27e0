insert into kind select * from jsonb_to_recordset(:rows) as r(code text, name text);
