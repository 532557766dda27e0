-- How long personal data is kept after its end; kept by the operator from then on.
insert into retention (resource, months)
select r.resource, r.months
  from jsonb_to_recordset(:rows) as r (resource text, months integer)
    on conflict (resource) do nothing
