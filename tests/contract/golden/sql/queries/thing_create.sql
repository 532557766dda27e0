-- Makes a thing.
  with w as (
       insert into thing as t (name, kind, price, tags)
       values (:body.name, :body.kind, :body.price, :body.tags)
    returning t)
select r.*, '1' as _etag, '/v1/things/' || r.id as _location
  from w, thing_row(w.t) r
