-- Decides the open change request of a product, or takes it back.
  with w as (
       update product p
          set change_request = change_decided('product', p.status, p.change_request, :action, :body.note)
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, product_row(w.p) r
