-- Records a decree.
  with w as (
       insert into flagship as f (id, product_id, village_code, decree_number, decreed_on, valid_from, valid_to)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.product_id, :body.village_code, :body.decree_number,
               :body.decreed_on,
               :body.valid_from, :body.valid_to)
    returning f)
select r.*, r.version::text as _etag, '/v1/flagships/' || r.id as _location
  from w, flagship_row(w.f) r
