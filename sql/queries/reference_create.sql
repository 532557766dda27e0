-- Adds a code to a list.
  with w as (
       insert into reference as c (id, list, code, edition, name_id, name_en, valid_from, valid_to, alpha3, minor_units, sea_only,
                                   country_code, customs_code, equivalent_code, unit, figure)
       values (coalesce(:body.id, uuid_v7()), :list, :body.code, :body.edition, :body.name_id, :body.name_en, :body.valid_from,
               :body.valid_to, :body.alpha3, :body.minor_units, :body.sea_only, :body.country_code, :body.customs_code,
               :body.equivalent_code, :body.unit, :body.figure)
    returning c)
select r.*, r.version::text as _etag, '/v1/reference/' || r.list || '/' || r.id as _location
  from w, reference_row(w.c) r
