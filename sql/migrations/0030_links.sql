-- Foreign keys for all references between records. Each one brings the triggers that
-- link_triggers() makes. First the rows that no rule kept in order until now are put right.

-- A membership ended when the village enterprise was deleted or dropped the village of the UMKM.
do $$
declare
  ended bigint;
begin
  update umkm u
     set village_enterprise_id = null, version = u.version + 1, updated_at = now()
   where u.village_enterprise_id is not null
     and not exists (select
                       from village_enterprise e
                      where e.id = u.village_enterprise_id
                        and e.deleted_at is null
                        and u.village_code = any (e.villages));
  get diagnostics ended = row_count;
  if ended > 0 then
    raise warning '% UMKM named a village enterprise that is deleted or left their village: they are members of none now', ended;
  end if;
end
$$;

alter table umkm add constraint umkm_village_enterprise_id__exists
  foreign key (village_enterprise_id) references village_enterprise (id);

update export e
   set buyer_id = null, version = e.version + 1, updated_at = now()
 where e.buyer_id is not null
   and not exists (select from buyer b where b.id = e.buyer_id);

alter table export add constraint export_buyer_id__exists foreign key (buyer_id) references buyer (id);

-- A request outlives the record that it is about, and moves with it.
alter table buyer add unique (id, village_code);
alter table mentoring_session add unique (id, village_code);

alter table data_subject_request
  drop constraint data_subject_request_umkm_id__exists,
  drop constraint data_subject_request_buyer_id__exists,
  drop constraint data_subject_request_session_id__exists;

update data_subject_request r
   set village_code = s.village_code, version = r.version + 1, updated_at = now()
  from (select b.id, b.village_code from buyer b
         union all
        select m.id, m.village_code from mentoring_session m) s
 where s.id in (r.buyer_id, r.session_id)
   and s.village_code <> r.village_code;

alter table data_subject_request
  add constraint data_subject_request_umkm_id__exists foreign key (umkm_id, village_code)
    references umkm (id, village_code) on update cascade on delete set null (umkm_id),
  add constraint data_subject_request_buyer_id__exists foreign key (buyer_id, village_code)
    references buyer (id, village_code) on update cascade on delete set null (buyer_id),
  add constraint data_subject_request_session_id__exists foreign key (session_id, village_code)
    references mentoring_session (id, village_code) on update cascade on delete set null (session_id);

-- Parts of deleted records end with them, without their personal data.
update umkm_owner o
   set name = null, nik = null, npwp = null, phone = null, address = null, deleted_at = u.deleted_at, version = o.version + 1
  from umkm u
 where u.id = o.id
   and u.deleted_at is not null;

update umkm_consent c
   set public_owner_name = null, evidence = null, deleted_at = u.deleted_at, version = c.version + 1
  from umkm u
 where u.id = c.id
   and u.deleted_at is not null;

delete
  from personal_record p
 using umkm u
 where u.id = p.record_id
   and p.resource in ('umkm', 'umkm_owner', 'umkm_consent')
   and u.deleted_at is not null;

update personal_record p
   set village_code = r.village_code
  from data_subject_request r
 where p.resource = 'data_subject_request'
   and p.record_id = r.id
   and p.village_code <> r.village_code;

-- Products that stayed behind when their UMKM moved, with their certificates and assessments. The
-- lead village is the one that the UMKM left.
update product p
   set village_code = u.village_code, villages = array_replace(p.villages, p.village_code, u.village_code), version = p.version + 1,
       updated_at = now()
  from umkm u
 where u.id = p.umkm_id
   and u.village_code <> all (p.villages)
   and p.deleted_at is null;

update certification c
   set village_code = p.village_code, villages = p.villages, version = c.version + 1, updated_at = now()
  from product p
 where p.id = c.product_id
   and (p.village_code, p.villages) is distinct from (c.village_code, c.villages)
   and c.deleted_at is null;

update star_assessment a
   set village_code = p.village_code, villages = p.villages, version = a.version + 1, updated_at = now()
  from product p
 where p.id = a.product_id
   and (p.village_code, p.villages) is distinct from (a.village_code, a.villages)
   and a.deleted_at is null;
