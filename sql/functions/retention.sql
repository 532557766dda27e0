-- How long personal data is kept.

create function retention_end(resource text, ended_on date) returns date
language sql stable as $$
  select (ended_on + make_interval(months => r.months))::date from retention r where r.resource = retention_end.resource
$$;

create function retention_changed() returns trigger
language plpgsql as $$
begin
  update personal_record p
     set retention_until = retention_end(p.resource, p.ended_on)
   where p.resource = new.resource;
  return null;
end
$$;

create trigger changed after insert or update on retention for each row execute function retention_changed();
