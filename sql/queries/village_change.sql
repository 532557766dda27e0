-- Changes a village by decree, with all records that belong to it.
  with w as materialized (
       select v from village_change_apply(:code, :body, :if_match) v where v.code is not null)
select r.*, r.version::text as _etag
  from w, village_row(w.v) r
