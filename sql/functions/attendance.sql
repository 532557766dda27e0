-- The attendance of a mentoring session.

-- Checks the attendance sheet of a held session and returns its entries. Each entry must name a
-- registered UMKM, and no UMKM twice. Otherwise it refuses the sheet with all violations.
create function attendance_sheet(session mentoring_session, entries jsonb) returns table (place bigint, umkm_id uuid, entry jsonb)
language plpgsql volatile as $$
declare
  violations jsonb;
begin
  if session.status <> 'held' then
    perform refuse('state_conflict', violation('', 'not_held'));
  end if;

  select jsonb_agg(jsonb_build_object('pointer', format('/attendances/%s/umkm_id', e.place - 1), 'code', e.code) order by e.place)
    into violations
    from (select s.place,
                 case when not exists (select
                                         from mentoring_participant p
                                        where p.session_id = session.id
                                          and p.umkm_id = (s.entry ->> 'umkm_id')::uuid
                                          and p.deleted_at is null) then 'not_registered'
                      when row_number() over (partition by s.entry ->> 'umkm_id' order by s.place) > 1 then 'unique'
                 end as code
            from jsonb_array_elements(entries) with ordinality s (entry, place)) e
   where e.code is not null;
  if violations is not null then
    perform refuse('validation_failed', violations);
  end if;

  return query
  select s.place, (s.entry ->> 'umkm_id')::uuid, s.entry
    from jsonb_array_elements(entries) with ordinality s (entry, place);
end
$$;

-- A participant's attendance and scores.
create function attendance_row(p mentoring_participant, s mentoring_session, expand text[] default null)
returns table (id uuid, session_id uuid, program_id uuid, topic text, starts_at timestamptz, umkm_id uuid, attended boolean,
  pre_score integer, post_score integer, note text, village_code text, district_code text, session json, umkm json,
  version integer, updated_at timestamptz, updated_by uuid)
language sql stable as $$
  select p.id, s.id, s.program_id, s.topic, s.starts_at, p.umkm_id, p.attended, p.pre_score, p.post_score, p.note,
         p.village_code, p.district_code,
         case when 'session' = any (expand) then (select b.brief from mentoring_session_brief(s) b) end,
         case when 'umkm' = any (expand) then (select b.brief from umkm_brief(p.umkm_id) b) end,
         p.version, p.updated_at, p.updated_by
$$;

grant execute on function
  attendance_sheet(mentoring_session, jsonb),
  attendance_row(mentoring_participant, mentoring_session, text[])
  to ovop_api;
