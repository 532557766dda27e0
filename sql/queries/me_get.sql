-- The caller: identity, role, villages and scopes. These come from the token, since the token
-- decides.
select s.id, u.username, a.client_id, coalesce(u.full_name, a.name) as name, s.role, claim_everywhere() as whole_district,
       s.villages, s.scopes, coalesce(u.must_change_password, false) as must_change_password,
       coalesce(u.version, a.version)::text as _etag
  from (select claim_subject() as id, claim_role() as role, coalesce(:claims -> 'scope', '[]')::json as scopes,
               (select json_agg(json_build_object('code', v.code, 'name', v.name, 'district_name', v.district_name)
                                order by v.code)
                  from village v
                 where v.code = any (claim_villages())) as villages) s
       left join user_account u on u.id = s.id
       left join service_account a on a.id = s.id
 where u.id is not null
    or a.id is not null
