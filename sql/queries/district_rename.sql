-- Renames a kecamatan by decree. Its villages show the new name.
  with w as (
       select d from district_rename(:code, :body, :if_match) d where d.code is not null)
select r.*, r.version::text as _etag
  from w, district_row(w.d) r
