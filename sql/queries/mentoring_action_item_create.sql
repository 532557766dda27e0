-- Records an action item of a session.
  with w as (
       insert into mentoring_action_item as i (id, session_id, umkm_id, task, owner, due_on, note, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), s.id, :body.umkm_id, :body.task, :body.owner, :body.due_on, :body.note,
              coalesce(u.village_code, s.village_code)
         from mentoring_session s
              left join umkm u on u.id = :body.umkm_id
        where s.id = :id
          and s.deleted_at is null
    returning i)
select r.*, r.version::text as _etag, '/v1/action-items/' || r.id as _location
  from w, mentoring_action_item_row(w.i) r
