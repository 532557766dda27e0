-- Changes an open aspiration.
  with w as (
       update aspiration a
          set (kind, topic, text, raised_by_group, priority)
              = (select n.kind, n.topic, n.text, n.raised_by_group, n.priority
                   from jsonb_populate_record(a, :body) n)
        where a.id = :id
          and a.deleted_at is null
          and check_version(a.version, :if_match)
    returning a)
select r.*, r.version::text as _etag
  from w, aspiration_row(w.a) r
