-- Records a data subject's request. Its village is that of the record concerned.
  with w as (
       insert into data_subject_request as r (id, kind, umkm_id, buyer_id, session_id, details, received_at, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), :body.kind, :body.umkm_id, :body.buyer_id, :body.session_id, :body.details,
              coalesce(:body.received_at, now()), s.village_code
         from (select) one
              left join (select u.village_code from umkm u where u.id = :body.umkm_id and u.deleted_at is null
                          union all
                         select b.village_code from buyer b where b.id = :body.buyer_id and b.deleted_at is null
                          union all
                         select m.village_code
                           from mentoring_session m
                          where m.id = :body.session_id and m.deleted_at is null
                          limit 1) s on true
        where (num_nonnulls(:body.umkm_id, :body.buyer_id, :body.session_id) = 1
               or refuse('validation_failed', violation('/umkm_id', 'one_subject')))
          and (s.village_code is not null or refuse('validation_failed', violation(
                 case when :body.buyer_id is not null then '/buyer_id'
                      when :body.session_id is not null then '/session_id'
                      else '/umkm_id' end, 'exists')))
    returning r)
select r.*, r.version::text as _etag, '/v1/data-subject-requests/' || r.id as _location
  from w, data_subject_request_row(w.r) r
