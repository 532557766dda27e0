-- Changes a commitment that is open or in progress.
  with w as (
       update commitment c
          set (aspiration_id, office, text, due_on)
              = (select n.aspiration_id, n.office, n.text, n.due_on
                   from jsonb_populate_record(c, :body) n)
        where c.id = :id
          and c.deleted_at is null
          and check_version(c.version, :if_match)
    returning c)
select r.*, r.version::text as _etag
  from w, commitment_row(w.c) r
