-- Report: whether the Dinas trains and mentors, whom it reaches, and whether it comes back.

-- The villages that were reached: a session was held there, or a UMKM of theirs attended one.
create function villages_mentored(since date, upto date) returns setof text
language sql stable as $$
    with held as (
         select s.id, s.village_code
           from mentoring_session s
          where s.status = 'held'
            and s.deleted_at is null
            and day_of(s.starts_at) between since and upto)
  select h.village_code
    from held h
   union
  select p.village_code
    from held h
         join mentoring_participant p on p.session_id = h.id
   where p.attended
     and p.deleted_at is null
$$;

-- A session is counted where it is held, all else in the village of its UMKM. Nobody verifies sessions and attendance: only UMKM
-- and outcomes are counted by their status. Measured with 35,000 UMKM and, over three years, 4,800 sessions, 96,000 participants
-- and 48,000 action items: 0.3 s for a year, 0.7 s for all three (two cores).
create function report_mentoring(counted_by text, districts text[], villages text[], period_from date, period_to date,
                                 verified_only boolean)
returns table (total json, rows json)
language sql stable as $$
    with area as (
         select * from report_areas(counted_by, districts, villages)),
         session as (
         select s.id, s.village_code, s.status, day_of(s.starts_at) as day
           from mentoring_session s
          where s.deleted_at is null),
         attendance as (  -- of the period, and of the 30 days before it
         select p.session_id, p.umkm_id, p.village_code, p.attended, s.day
           from session s
                join mentoring_participant p on p.session_id = s.id
          where s.status = 'held'
            and s.day between period_from - 30 and period_to
            and p.deleted_at is null),
         contact as (  -- in the last 90 days; a visit is one, too
         select m.code
           from villages_mentored(period_to - 89, period_to) m (code)
          union
         select unnest(v.villages)
           from visit v
          where v.status = 'done'
            and v.deleted_at is null
            and v.visited_on between period_to - 89 and period_to),
         reached as (
         select a.code, count(*) as villages, count(r.code) as reached, count(*) filter (where c.code is null) as without_contact
           from area a
                left join villages_mentored(period_from, period_to) r (code) on r.code = a.village_code
                left join contact c on c.code = a.village_code
          group by grouping sets ((a.code), ())),
         held as (
         select a.code, count(*) filter (where s.status = 'planned') as planned,
                count(*) filter (where s.status = 'held') as held,
                count(*) filter (where s.status = 'cancelled') as cancelled
           from area a
                join session s on s.village_code = a.village_code
          where s.day between period_from and period_to
          group by grouping sets ((a.code), ())),
         due as (
         select s.*
           from session s
          where s.status = 'held'
            and s.day + 30 between period_from and period_to),
         followed_up as (  -- somebody who came, came to a later session; or what is to be done was written down
         select l.session_id as id
           from (select t.session_id, count(*) over (partition by t.umkm_id order by t.day - date '2000-01-01'
                                                     range between 1 following and 30 following) as later
                   from attendance t
                  where t.attended) l
          where l.later > 0
          union
         select d.id
           from due d
                join mentoring_action_item i on i.session_id = d.id
          where i.deleted_at is null
            and day_of(i.created_at) between d.day and d.day + 30),
         followed as (
         select a.code, count(*) as due, count(f.id) as done
           from area a
                join due d on d.village_code = a.village_code
                left join followed_up f on f.id = d.id
          group by grouping sets ((a.code), ())),
         business as (
         select a.code, count(*) as umkm, count(t.umkm_id) as reached
           from area a
                join umkm u on u.village_code = a.village_code
                left join (select distinct t.umkm_id
                             from attendance t
                            where t.attended
                              and t.day >= period_from) t on t.umkm_id = u.id
          where u.deleted_at is null
            and report_counts(u.status, verified_only)
          group by grouping sets ((a.code), ())),
         came as (
         select a.code, count(*) as participants, count(t.attended) as recorded, count(*) filter (where t.attended) as attended
           from area a
                join attendance t on t.village_code = a.village_code
          where t.day >= period_from
          group by grouping sets ((a.code), ())),
         item as (
         select a.code, count(*) as due, count(*) filter (where i.state = 'done' and i.closed_on <= i.due_on) as on_time
           from area a
                join mentoring_action_item i on i.village_code = a.village_code
          where i.deleted_at is null
            and i.state <> 'dropped'
            and i.due_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         changed as (
         select a.code, count(*) as outcomes, count(distinct o.umkm_id) as umkm
           from area a
                join outcome o on o.village_code = a.village_code
          where o.deleted_at is null
            and report_counts(o.status, verified_only)
            and o.observed_on between period_from and period_to
          group by grouping sets ((a.code), ())),
         figures as (
         select n.code, n.name, coalesce(r.villages, 0) as denominator, coalesce(r.reached, 0) as reporting,
                share(r.reached, r.villages) as share_reporting, coalesce(r.without_contact, 0) as villages_without_contact,
                coalesce(h.planned, 0) as sessions_planned, coalesce(h.held, 0) as sessions_held,
                coalesce(h.cancelled, 0) as sessions_cancelled, coalesce(b.umkm, 0) as umkm,
                coalesce(b.reached, 0) as umkm_reached, share(b.reached, b.umkm) as share_umkm_reached,
                coalesce(c.participants, 0) as participants, coalesce(c.recorded, 0) as participants_recorded,
                coalesce(c.attended, 0) as participants_attended, share(c.attended, c.recorded) as attendance_rate,
                coalesce(f.due, 0) as follow_ups_due, coalesce(f.done, 0) as follow_ups_done,
                share(f.done, f.due) as share_followed_up, coalesce(i.due, 0) as action_items_due,
                coalesce(i.on_time, 0) as action_items_on_time, share(i.on_time, i.due) as share_on_time,
                coalesce(o.outcomes, 0) as outcomes, coalesce(o.umkm, 0) as umkm_with_outcome
           from (select distinct a.code, a.name from area a union all values (null, null)) n
                left join reached r on r.code is not distinct from n.code
                left join held h on h.code is not distinct from n.code
                left join followed f on f.code is not distinct from n.code
                left join business b on b.code is not distinct from n.code
                left join came c on c.code is not distinct from n.code
                left join item i on i.code is not distinct from n.code
                left join changed o on o.code is not distinct from n.code)
  select (select row_to_json(f) from figures f where f.code is null),
         (select coalesce(json_agg(f order by f.code), '[]') from figures f where f.code is not null)
$$;

grant execute on function
  villages_mentored(date, date), report_mentoring(text, text[], text[], date, date, boolean)
  to ovop_api;
