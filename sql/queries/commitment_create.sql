-- Records a commitment made on a visit.
  with w as (
       insert into commitment as c (id, visit_id, aspiration_id, office, text, due_on, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), v.id, :body.aspiration_id, :body.office, :body.text, :body.due_on,
              coalesce(:body.village_code, v.village_code)
         from visit v
        where v.id = :id
          and v.deleted_at is null
    returning c)
select r.*, r.version::text as _etag, '/v1/commitments/' || r.id as _location
  from w, commitment_row(w.c) r
