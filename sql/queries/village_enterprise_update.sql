-- Changes a village enterprise; what is verified or published keeps its values, and a change request opens.
  with w as (
       update village_enterprise e
          set (name, kind, legal_number, established_on, unit_businesses, rank, rank_year, village_code, villages)
              = (select n.name, n.kind, n.legal_number, n.established_on, n.unit_businesses, n.rank, n.rank_year, n.village_code,
                        n.villages
                   from jsonb_populate_record(e, :body) n)
        where e.id = :id
          and e.deleted_at is null
          and check_version(e.version, :if_match)
    returning e)
select r.*, r.version::text as _etag
  from w, village_enterprise_row(w.e) r
