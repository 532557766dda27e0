-- Adds a code to a list.
  with w as (
       insert into reference as c (id, list, code, edition, name, name_en, valid_from, valid_to, alpha3, minor_units, rate_idr, sea_only,
                                   country_code, customs_code, equivalent_code, unit, figure)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :list, reference_plain(:body.code), :body.edition, :body.name, :body.name_en,
               :body.valid_from, :body.valid_to, :body.alpha3, :body.minor_units, :body.rate_idr::numeric, :body.sea_only, :body.country_code,
               :body.customs_code, :body.equivalent_code, :body.unit, :body.figure)
    returning c)
select r.*, r.version::text as _etag, '/v1/reference/' || r.list || '/' || r.id as _location
  from w, reference_row(w.c) r
