-- Forgets a UMKM's owner after an officer granted the request. The business and its figures stay.
  with w as (
       select e.*
         from (select u from umkm u where u.id = :id and u.deleted_at is null and check_version(u.version, :if_match)) s,
              umkm_erase(s.u, :body.business_contact, coalesce(:body.others, '{}'), :body.note) e)
select w.*
  from w
