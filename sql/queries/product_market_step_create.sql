-- Adds a market step to a product. A verified or published product gets a change request.
  with s as (
       select uuid_v7() as id),
       w as (
       update product p
          set market_steps = p.market_steps || row(s.id, :body.level, :body.reached_on, :body.evidence, null, :body.reverses,
                                                   now(), claim_subject())::market_step
         from s
        where p.id = :id
          and p.deleted_at is null
    returning p, s.id)
select r.*, (w.p).version::text as _etag, '/v1/products/' || :id || '/market-steps' as _location,
       r.state = 'pending' as _accepted
  from w, product_market_step_row(w.p) r
 where r.id = w.id
