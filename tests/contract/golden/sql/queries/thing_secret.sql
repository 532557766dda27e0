-- Gives a thing a new secret.
  with w as (
       update thing t
          set secret = :secret.digest
        where t.id = :id
    returning t.id)
select w.id, null::text as secret
  from w
