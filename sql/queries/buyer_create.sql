-- Records a buyer.
  with w as (
       insert into buyer as b (id, name, kind, country_code, website, notes, village_code)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.name, :body.kind, :body.country_code, :body.website, :body.notes,
               :body.village_code)
    returning b)
select r.*, r.version::text as _etag, '/v1/buyers/' || r.id as _location
  from w, buyer_row(w.b) r
