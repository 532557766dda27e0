-- The code lists. The Dinas maintains them afterwards. A later run adds missing codes and keeps the
-- others.
insert into reference (list, code, edition, name, name_en, valid_from, valid_to, alpha3, minor_units, sea_only, country_code,
                       customs_code, equivalent_code)
select r.*
  from jsonb_to_recordset(:rows) as r (list text, code text, edition text, name text, name_en text, valid_from date,
                                       valid_to date, alpha3 text, minor_units integer, sea_only boolean, country_code text,
                                       customs_code text, equivalent_code text)
    on conflict (list, code, edition) do nothing
