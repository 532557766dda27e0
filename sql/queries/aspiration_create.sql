-- Records an aspiration of a village on a visit.
  with w as (
       insert into aspiration as a (id, visit_id, kind, topic, text, raised_by_group, priority, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), v.id, :body.kind, :body.topic, :body.text, :body.raised_by_group,
              :body.priority,
              coalesce(:body.village_code, v.village_code)
         from visit v
        where v.id = :id
          and v.deleted_at is null
    returning a)
select r.*, r.version::text as _etag, '/v1/aspirations/' || r.id as _location
  from w, aspiration_row(w.a) r
