-- Records the attendance of a held session in one request and increases the session's version.
  with s as (
       update mentoring_session s
          set status = s.status
        where s.id = :id
          and s.deleted_at is null
          and check_version(s.version, :if_match)
    returning s),
       a as (
       select a.*
         from s, attendance_sheet(s.s, :body.attendances) a),
       p as (
       update mentoring_participant p
          set (attended, pre_score, post_score, note)
              = (select n.attended, n.pre_score, n.post_score, n.note
                   from jsonb_populate_record(p, a.entry) n)
         from a
        where p.session_id = :id
          and p.umkm_id = a.umkm_id
          and p.deleted_at is null
    returning p.*, a.place)
select r.*, r.version::text as _etag
  from (select (s.s).id as session_id,
               (select json_agg(json_build_object('id', p.id, 'umkm_id', p.umkm_id, 'attended', p.attended,
                                                  'pre_score', p.pre_score, 'post_score', p.post_score, 'note', p.note,
                                                  'version', p.version) order by p.place)
                  from p) as attendances,
               (s.s).version, (s.s).updated_at, (s.s).updated_by
          from s) r
