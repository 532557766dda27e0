-- Moves a village potential through its workflow.
  with w as (
       update village_potential p
          set status = workflow_target('village_potential', p.status, :action), status_note = :body.note
        where p.id = :id
          and p.deleted_at is null
          and check_version(p.version, :if_match)
    returning p)
select r.*, r.version::text as _etag
  from w, village_potential_row(w.p) r
