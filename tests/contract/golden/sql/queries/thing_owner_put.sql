-- Records a thing's owner.
  with w as (
       update thing t
          set nik_cipher = :body.nik.cipher, nik_hash = :body.nik.hash, nik_mask = :body.nik.mask, since = :body.since
        where t.id = :id
    returning t.nik_mask)
select w.nik_mask as name
  from w
