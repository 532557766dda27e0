-- Moves an export through its workflow; verified, it lifts its products to the international market.
  with w as (
       update export e
          set status = workflow_target('export', e.status, :action), status_note = :body.note
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag
  from w, export_row(w.e) r
