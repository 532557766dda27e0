-- A page of all reads of personal data, newest first.
  with page as (
       select l.*
         from personal_read l
        where (:subject is null or l.subject = :subject)
          and (:resource is null or l.resource = :resource)
          and (:record_id is null or l.record_id = any (:record_id))
          and (:village_code is null or l.village_code = any (village_codes(array[:village_code])))
          and (:operation is null or l.operation = :operation)
          and (:at_gte is null or l.at >= :at_gte)
          and (:at_lte is null or l.at <= :at_lte)
          and (:after_id is null or (l.at, l.id) < (:after_key::timestamptz, :after_id::bigint))
        order by l.at desc, l.id desc
        limit :limit)
select p.id, p.at, p.resource, p.record_id, p.village_code, p.subject, p.role, p.operation, to_json(p.members) as members,
       p.purpose, p.request_id, p.client_request_id, p.data_subject_request_id,
       null::bigint as _total, p.at::text as _key, p.id::text as _id
  from page p
