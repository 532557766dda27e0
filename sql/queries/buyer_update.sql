-- Changes a buyer.
  with w as (
       update buyer b
          set (name, kind, country_code, website, notes, village_code)
              = (select n.name, n.kind, n.country_code, n.website, n.notes, n.village_code
                   from jsonb_populate_record(b, :body) n)
        where b.id = :id
          and b.deleted_at is null
          and check_version(b.version, :if_match)
    returning b)
select r.*, r.version::text as _etag
  from w, buyer_row(w.b) r
