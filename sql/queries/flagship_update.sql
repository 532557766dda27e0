-- Changes a flagship. A verified or published one keeps its values, and a change request opens.
  with w as (
       update flagship f
          set (product_id, village_code, decree_number, decreed_on, valid_from, valid_to)
              = (select n.product_id, n.village_code, n.decree_number, n.decreed_on, n.valid_from, n.valid_to
                   from jsonb_populate_record(f, :body) n)
        where f.id = :id
          and f.deleted_at is null
          and check_version(f.version, :if_match)
    returning f)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, flagship_row(w.f) r
