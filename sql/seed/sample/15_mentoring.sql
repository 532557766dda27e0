-- Sample data: invented sessions with their participants and action items. Named "(contoh)", source
-- `sample`.
  with r as (
       select *
         from jsonb_to_recordset(:rows) as r (id uuid, program_id uuid, kind text, topic text, title text, place text,
                                              starts_at timestamptz, ends_at timestamptz, capacity integer,
                                              mentor_organisation text, diagnosis text, notes text, village_code text,
                                              villages text[], status text, participants text, action_items text)),
       s as (
       insert into mentoring_session (id, program_id, kind, topic, title, place, starts_at, ends_at, capacity,
                                      mentor_organisation, diagnosis, notes, village_code, villages, status, status_note, source)
       select r.id, r.program_id, r.kind, r.topic, r.title, r.place, r.starts_at, r.ends_at, r.capacity,
              r.mentor_organisation, r.diagnosis, r.notes, r.village_code, r.villages, r.status,
              case r.status when 'cancelled' then 'Digabung (contoh)' end, 'sample'
         from r
           on conflict (id) do nothing
    returning id),
       p as (
       insert into mentoring_participant (session_id, umkm_id, village_code, attended, pre_score, post_score, source)
       select r.id, p.umkm_id, u.village_code, p.attended, p.pre_score, p.post_score, 'sample'
         from r
              join s on s.id = r.id
              cross join jsonb_to_recordset(r.participants::jsonb) as p (umkm_id uuid, attended boolean, pre_score integer,
                                                                         post_score integer)
              join umkm u on u.id = p.umkm_id)
insert into mentoring_action_item (session_id, umkm_id, village_code, task, owner, due_on, state, closed_on, source, created_at)
select r.id, i.umkm_id, coalesce(u.village_code, r.village_code), i.task, i.owner, i.due_on, i.state, i.closed_on, 'sample',
       r.ends_at
  from r
       join s on s.id = r.id
       cross join jsonb_to_recordset(r.action_items::jsonb) as i (umkm_id uuid, task text, owner text, due_on date, state text,
                                                                  closed_on date)
       left join umkm u on u.id = i.umkm_id
