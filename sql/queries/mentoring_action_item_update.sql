-- Changes an action item. An item that is closed without a date gets today's date.
  with w as (
       update mentoring_action_item i
          set (umkm_id, task, owner, due_on, state, closed_on, note, village_code)
              = (select n.umkm_id, n.task, n.owner, n.due_on, n.state,
                        case when n.state <> 'open' then coalesce(n.closed_on, today()) else :body.closed_on end, n.note,
                        coalesce(u.village_code, s.village_code)
                   from jsonb_populate_record(i, :body) n
                        join mentoring_session s on s.id = n.session_id
                        left join umkm u on u.id = n.umkm_id)
        where i.id = :id
          and i.deleted_at is null
          and check_version(i.version, :if_match)
    returning i)
select r.*, r.version::text as _etag
  from w, mentoring_action_item_row(w.i) r
