-- Registers a village enterprise.
  with w as (
       insert into village_enterprise as e (id, name, kind, legal_number, nib, established_on, unit_businesses, rank, rank_year,
                                            village_code, villages)
       values (coalesce(chosen_id(:body.id), uuid_v7()), :body.name, :body.kind, :body.legal_number, :body.nib, :body.established_on,
               reference_read('kbli', :body.unit_businesses), :body.rank, :body.rank_year, :body.village_code, :body.villages)
    returning e)
select r.*, r.version::text as _etag, '/v1/village-enterprises/' || r.id as _location
  from w, village_enterprise_row(w.e) r
