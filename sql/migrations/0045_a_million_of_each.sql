-- Plans that hold where every table has a million rows. Under a policy PostgreSQL hands an index only conditions that cannot leak
-- what they see: comparisons of columns and parameters. coalesce() and the operators of ranges are none of them.

-- The producer is coalesce() of two columns in a view; a subselect hands the index its value. Before, a product of the catalogue
-- read every certificate.
create or replace function catalog_certificates(umkm_id uuid, product_ids uuid[]) returns table (certificates json)
language sql stable as $$
  select coalesce(json_agg(json_build_object(
                    'kind', c.kind, 'number', c.public_number, 'issuer', c.issuer, 'issued_on', c.issued_on,
                    'expires_on', c.expires_on, 'state', certification_state(c.ends_on, today()), 'product_id', c.product_id)
                  order by c.ends_on desc, c.kind, c.id), '[]')
    from certification c
   where c.status = 'published'
     and c.deleted_at is null
     and (c.umkm_id = (select catalog_certificates.umkm_id) or c.product_id = any (product_ids))
$$;

create or replace function flagship_in_force(status text, valid_from date, valid_to date, day date) returns boolean
language sql immutable parallel safe as $$
  select status in ('verified', 'published') and valid_from <= day and (valid_to is null or valid_to >= day)
$$;

-- In place of the range's: most decrees have ended, and valid_to finds the others.
drop index flagship_daterange_idx;
create index on flagship (valid_to) where status in ('verified', 'published') and deleted_at is null;

-- What sort_key() asks. Not null: words, villages, or a caller of ten villages at most leave so few rows that an index in the
-- page's order would pass many of others first. Null: a caller of more, or of the district.
create function narrowed(q text, villages text[], claims jsonb) returns text
language sql immutable parallel safe as $$
  select coalesce(q, villages::text,
                  case when jsonb_array_length(claims -> 'villages') <= 10 and not claims -> 'villages' ? 'district'
                       then claims ->> 'villages'
                  end)
$$;

grant execute on function narrowed(text, text[], jsonb) to ovop_api;

-- Without a condition: outcome_list looks for a programme's sessions, deleted ones too.
drop index mentoring_session_program_id_starts_at_id_idx;
create index on mentoring_session (program_id, starts_at, id);
