-- Changes a village enterprise. A verified or published one keeps its values, and a change request
-- opens.
  with w as (
       update village_enterprise e
          set (name, kind, legal_number, nib, established_on, unit_businesses, rank, rank_year, village_code, villages,
               villages_waiting)
              = (select n.name, n.kind, n.legal_number, n.nib, n.established_on, reference_read('kbli', n.unit_businesses), n.rank, n.rank_year,
                        n.village_code, n.villages, case when not :body ? 'villages' then n.villages_waiting else '{}' end
                   from jsonb_populate_record(e, :body) n)
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag, r.change_request is not null as _accepted
  from w, village_enterprise_row(w.e) r
