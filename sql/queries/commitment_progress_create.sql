-- Records progress on a commitment.
  with w as (
       insert into commitment_progress as p (id, commitment_id, noted_on, percent, note, proof, village_code)
       select coalesce(chosen_id(:body.id), uuid_v7()), c.id, coalesce(:body.noted_on, today()), :body.percent, :body.note,
              nullif(:body.proof, 'null'), c.village_code
         from commitment c
        where c.id = :id
          and c.deleted_at is null
    returning p)
select r.*, '/v1/commitments/' || :id || '/progress' as _location
  from w, commitment_progress_row(w.p) r
