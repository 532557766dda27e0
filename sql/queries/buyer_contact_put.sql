-- Records a buyer's contact, sealed.
  with w as (
       update buyer b
          set (contact_name, contact_phone, contact_email)
              = (select c.name, c.phone, c.email
                   from jsonb_to_record(:body) as c (name sealed, phone sealed, email sealed))
        where b.id = :id
          and b.deleted_at is null
          and check_version(b.version, :if_match)
    returning b)
select r.*, r.version::text as _etag
  from w, buyer_contact_row(w.b) r
