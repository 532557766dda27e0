-- Changes a flagship; what is verified or published keeps its values, and a change request opens.
  with w as (
       update flagship f
          set (product_id, village_code, decree_number, decree_date, valid_from, valid_to)
              = (select n.product_id, n.village_code, n.decree_number, n.decree_date, n.valid_from, n.valid_to
                   from jsonb_populate_record(f, :body) n)
        where f.id = :id
          and f.deleted_at is null
          and check_version(f.version, :if_match)
    returning f)
select r.*, r.version || '.' || left(md5(r::text), 8) as _etag
  from w, flagship_row(w.f) r
