-- How long personal data is kept after its end. The operator maintains it afterwards.
insert into retention (resource, months)
select r.resource, r.months
  from jsonb_to_recordset(:rows) as r (resource text, months integer)
    on conflict (resource) do nothing
