-- Sample data: invented visits with aspirations and commitments. Named "(contoh)", source `sample`.
  with r as (
       select *
         from jsonb_to_recordset(:rows) as r (id uuid, visited_on date, place text, purpose text, led_by text, summary text,
                                              village_code text, villages text[], status text, status_note text,
                                              aspirations text, commitments text)),
       v as (
       insert into visit (id, visited_on, place, purpose, led_by, summary, village_code, villages, status, status_note, source)
       select r.id, r.visited_on, r.place, r.purpose, r.led_by, r.summary, r.village_code, r.villages, r.status, r.status_note,
              'sample'
         from r
           on conflict (id) do nothing
    returning id),
       a as (
       insert into aspiration (id, visit_id, kind, topic, text, raised_by_group, priority, village_code, status, status_note,
                               source)
       select a.id, r.id, a.kind, a.topic, a.text, a.raised_by_group, a.priority, a.village_code, a.status,
              case a.status when 'declined' then 'Pameran itu sudah berlangsung (contoh)' end, 'sample'
         from r
              join v on v.id = r.id
              cross join jsonb_to_recordset(r.aspirations::jsonb) as a (id uuid, kind text, topic text, text text,
                                                                        raised_by_group text, priority text, village_code text,
                                                                        status text)
    returning id),
       c as (
       select c.*, r.id as visit_id
         from r
              join v on v.id = r.id
              cross join jsonb_to_recordset(r.commitments::jsonb) as c (id uuid, aspiration_id uuid, office text, text text,
                                                                        due_on date, done_on date, village_code text, status text,
                                                                        progress jsonb)),
       p as (
       insert into commitment_progress (commitment_id, noted_on, percent, note, proof, village_code, source)
       select c.id, p.noted_on, p.percent, p.note, nullif(p.proof, 'null'), c.village_code, 'sample'
         from c
              cross join jsonb_to_recordset(c.progress) as p (noted_on date, percent integer, note text, proof jsonb)
    returning id)
insert into commitment (id, visit_id, aspiration_id, office, text, due_on, done_on, village_code, status, verified_at, source)
select c.id, c.visit_id, c.aspiration_id, c.office, c.text, c.due_on, c.done_on, c.village_code, c.status,
       case c.status when 'confirmed' then now() end, 'sample'
  -- Reads a and p first: the rules of a commitment look at their rows.
  from (select count(*) from a) asked, (select count(*) from p) begun, c
