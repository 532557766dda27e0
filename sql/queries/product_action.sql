-- Moves a product through its workflow.
  with w as (
       update product p
          set status = workflow_target('product', p.status, :action), status_note = :body.note
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, product_row(w.p) r
