-- One meaning of "says something", one spelling of each number, more units, and the NIB of a village enterprise.

-- Whether a text has at least one letter, digit or symbol that people can see. The engine asks the same of every text that
-- a client sends. The characters in the brackets show nothing: a test compares them with the engine's.
create function says_something(t text) returns boolean
language sql immutable strict parallel safe as $$
  select t ~
             '[^\u0001-\u0020\u007f-\u00a0\u00ad-\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05bf\u05c1-\u05c2'
             '\u05c4-\u05c5\u05c7-\u05c7\u0600-\u0605\u0610-\u061a\u061c-\u061c\u064b-\u065f\u0670-\u0670\u06d6-\u06dd'
             '\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u070f-\u070f\u0711-\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3'
             '\u07fd-\u07fd\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0890-\u089f\u08ca-\u0903'
             '\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962-\u0963\u0981-\u0983\u09bc-\u09bc\u09be-\u09cd\u09d7-\u09d7'
             '\u09e2-\u09e3\u09fe-\u0a03\u0a3c-\u0a51\u0a70-\u0a71\u0a75-\u0a75\u0a81-\u0a83\u0abc-\u0abc\u0abe-\u0acd'
             '\u0ae2-\u0ae3\u0afa-\u0b03\u0b3c-\u0b3c\u0b3e-\u0b57\u0b62-\u0b63\u0b82-\u0b82\u0bbe-\u0bcd\u0bd7-\u0bd7'
             '\u0c00-\u0c04\u0c3c-\u0c3c\u0c3e-\u0c56\u0c62-\u0c63\u0c81-\u0c83\u0cbc-\u0cbc\u0cbe-\u0cd6\u0ce2-\u0ce3'
             '\u0d00-\u0d03\u0d3b-\u0d3c\u0d3e-\u0d4d\u0d57-\u0d57\u0d62-\u0d63\u0d81-\u0d83\u0dca-\u0ddf\u0df2-\u0df3'
             '\u0e31-\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19\u0f35-\u0f35'
             '\u0f37-\u0f37\u0f39-\u0f39\u0f3e-\u0f3f\u0f71-\u0f84\u0f86-\u0f87\u0f8d-\u0fbc\u0fc6-\u0fc6\u102b-\u103e'
             '\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f-\u108f\u109a-\u109d'
             '\u115f-\u1160\u135d-\u135f\u1680-\u1680\u1712-\u1715\u1732-\u1734\u1752-\u1753\u1772-\u1773\u17b4-\u17d3'
             '\u17dd-\u17dd\u180b-\u180f\u1885-\u1886\u18a9-\u18a9\u1920-\u193b\u1a17-\u1a1b\u1a55-\u1a7f\u1ab0-\u1b04'
             '\u1b34-\u1b44\u1b6b-\u1b73\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce8'
             '\u1ced-\u1ced\u1cf4-\u1cf4\u1cf7-\u1cf9\u1dc0-\u1dff\u2000-\u200f\u2028-\u202f\u205f-\u206f\u20d0-\u20f0'
             '\u2800-\u2800\u2cef-\u2cf1\u2d7f-\u2d7f\u2de0-\u2dff\u3000-\u3000\u302a-\u302f\u3099-\u309a\u3164-\u3164'
             '\ua66f-\ua672\ua674-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua802-\ua802\ua806-\ua806\ua80b-\ua80b\ua823-\ua827'
             '\ua82c-\ua82c\ua880-\ua881\ua8b4-\ua8c5\ua8e0-\ua8f1\ua8ff-\ua8ff\ua926-\ua92d\ua947-\ua953\ua980-\ua983'
             '\ua9b3-\ua9c0\ua9e5-\ua9e5\uaa29-\uaa36\uaa43-\uaa43\uaa4c-\uaa4d\uaa7b-\uaa7d\uaab0-\uaab0\uaab2-\uaab4'
             '\uaab7-\uaab8\uaabe-\uaabf\uaac1-\uaac1\uaaeb-\uaaef\uaaf5-\uaaf6\uabe3-\uabea\uabec-\uabed\ud800-\uf8ff'
             '\ufb1e-\ufb1e\ufdd0-\ufdef\ufe00-\ufe0f\ufe20-\ufe2f\ufeff-\ufeff\uffa0-\uffa0\ufff0-\ufffc\ufffe-\uffff'
             '\U000101fd-\U000101fd\U000102e0-\U000102e0\U00010376-\U0001037a\U00010a01-\U00010a0f\U00010a38-\U00010a3f'
             '\U00010ae5-\U00010ae6\U00010d24-\U00010d27\U00010eab-\U00010eac\U00010f46-\U00010f50\U00010f82-\U00010f85'
             '\U00011000-\U00011002\U00011038-\U00011046\U00011070-\U00011070\U00011073-\U00011074\U0001107f-\U00011082'
             '\U000110b0-\U000110ba\U000110bd-\U000110bd\U000110c2-\U000110cd\U00011100-\U00011102\U00011127-\U00011134'
             '\U00011145-\U00011146\U00011173-\U00011173\U00011180-\U00011182\U000111b3-\U000111c0\U000111c9-\U000111cc'
             '\U000111ce-\U000111cf\U0001122c-\U00011237\U0001123e-\U0001123e\U000112df-\U000112ea\U00011300-\U00011303'
             '\U0001133b-\U0001133c\U0001133e-\U0001134d\U00011357-\U00011357\U00011362-\U00011374\U00011435-\U00011446'
             '\U0001145e-\U0001145e\U000114b0-\U000114c3\U000115af-\U000115c0\U000115dc-\U000115dd\U00011630-\U00011640'
             '\U000116ab-\U000116b7\U0001171d-\U0001172b\U0001182c-\U0001183a\U00011930-\U0001193e\U00011940-\U00011940'
             '\U00011942-\U00011943\U000119d1-\U000119e0\U000119e4-\U000119e4\U00011a01-\U00011a0a\U00011a33-\U00011a39'
             '\U00011a3b-\U00011a3e\U00011a47-\U00011a47\U00011a51-\U00011a5b\U00011a8a-\U00011a99\U00011c2f-\U00011c3f'
             '\U00011c92-\U00011cb6\U00011d31-\U00011d45\U00011d47-\U00011d47\U00011d8a-\U00011d97\U00011ef3-\U00011ef6'
             '\U00013430-\U00013438\U00016af0-\U00016af4\U00016b30-\U00016b36\U00016f4f-\U00016f4f\U00016f51-\U00016f92'
             '\U00016fe4-\U00016ff1\U0001bc9d-\U0001bc9e\U0001bca0-\U0001cf46\U0001d159-\U0001d159\U0001d165-\U0001d169'
             '\U0001d16d-\U0001d182\U0001d185-\U0001d18b\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001da00-\U0001da36'
             '\U0001da3b-\U0001da6c\U0001da75-\U0001da75\U0001da84-\U0001da84\U0001da9b-\U0001daaf\U0001e000-\U0001e02a'
             '\U0001e130-\U0001e136\U0001e2ae-\U0001e2ae\U0001e2ec-\U0001e2ef\U0001e8d0-\U0001e8d6\U0001e944-\U0001e94a'
             '\U0001fffe-\U0001ffff\U0002fffe-\U0002ffff\U0003fffe-\U0010ffff]'
$$;

grant execute on function says_something(text) to ovop_api;

update user_account set full_name = username where not says_something(full_name);
alter table user_account
  drop constraint user_account_full_name__required,
  add constraint user_account_full_name__blank check (says_something(full_name));

update service_account set name = client_id where not says_something(name);
alter table service_account
  drop constraint service_account_name__required,
  add constraint service_account_name__blank check (says_something(name));

-- kuintal, ton, lusin, kodi and gros. unit_base() knows their factors.
alter table product
  drop constraint product_unit__enum,
  add constraint product_unit__enum
      check (unit in ('kg', 'g', 'quintal', 't', 'l', 'ml', 'm', 'piece', 'dozen', 'kodi', 'gross', 'pack', 'bottle', 'jar',
                      'box', 'set', 'sheet', 'head', 'visit', 'other'));
alter table production_report
  drop constraint production_report_unit__enum,
  add constraint production_report_unit__enum
      check (unit in ('kg', 'g', 'quintal', 't', 'l', 'ml', 'm', 'piece', 'dozen', 'kodi', 'gross', 'pack', 'bottle', 'jar',
                      'box', 'set', 'sheet', 'head', 'visit', 'other'));
alter table village_potential
  drop constraint village_potential_unit__enum,
  add constraint village_potential_unit__enum
      check (unit in ('ha', 'm2', 'kg', 'quintal', 't', 'l', 'm3', 'head', 'tree', 'piece', 'dozen', 'kodi', 'gross',
                      'household', 'visitor', 'other'));
alter table outcome
  drop constraint outcome_unit__enum,
  add constraint outcome_unit__enum
      check (unit in ('idr', 'kg', 'quintal', 't', 'l', 'piece', 'dozen', 'kodi', 'gross', 'pack', 'person', 'percent', 'count'));

alter table certification
  drop constraint certification_kind__enum,
  add constraint certification_kind__enum
      check (kind in ('nib', 'pirt', 'halal', 'bpom', 'trademark', 'trademark_application', 'sni', 'organic', 'gi', 'lab'));

alter table village_enterprise
  add column nib text constraint village_enterprise_nib__pattern check (nib ~ '^[0-9]{13}$');
create unique index village_enterprise_nib__unique on village_enterprise (nib)
 where status in ('verified', 'published') and deleted_at is null;
create index on village_enterprise (nib) where deleted_at is null;

-- The records of before, as the service keeps them now. Where two records in force would get the same number, the one that
-- has this spelling already, or else the oldest, gets it. The other one keeps its spelling until an officer decides: its next
-- change answers `unique`. Sealed numbers stay as they are, because only the engine can open them.
create function pg_temp.plain(number text) returns text
language sql immutable as $$
  select upper(trim(regexp_replace(regexp_replace(number, '[\u00a0\u2000-\u200b\u202f\u3000\ufeff\s]+', ' ', 'g'),
                                   '[\u2010-\u2015\u2212]', '-', 'g')))
$$;

create function pg_temp.document_number(number text) returns text
language sql immutable as $$
  select coalesce(nullif(regexp_replace(regexp_replace(regexp_replace(regexp_replace(pg_temp.plain(number),
           '^([A-Z-]+ ){0,3}(NOMOR|NO)[ .:]+', ''), '^(PEB|CN|SKA|AJU)[ .:]+', ''), ' *([/.:,-]) *', '\1', 'g'),
           '^([0-9]{4})[.-]?30[.-]?([0-9A-Z]{6})[.-]?([0-9]{8})[.-]?([0-9]{6})$', '\130\2\3\4'), ''), number)
$$;

create function pg_temp.legal_number(number text) returns text
language sql immutable as $$
  select regexp_replace(regexp_replace(pg_temp.plain(number), '[ .:/-]', '', 'g'),
                        '^(NOMOR|NO)?AHU([0-9]{5})AH0133(TAHUN|THN|TH)([0-9]{4})$', 'AHU-\2.AH.01.33.TAHUN \4')
$$;

create function pg_temp.phone(number text) returns text
language sql immutable as $$
  select regexp_replace(regexp_replace(number, '[ .()/-]', '', 'g'), '^([+]?620*|0)([1-9])', '+62\2')
$$;

-- As certification_number() in sql/functions.
create function pg_temp.certificate_number(kind text, number text) returns text
language sql immutable as $$
  select case
           when bare.number ~ case kind
                                when 'nib' then '^[0-9]{13}$'
                                when 'pirt' then '^[0-9]{12}([0-9]{3})?$'
                                when 'halal' then '^(ID[0-9]{17}|[0-9]{11,17})$'
                                when 'bpom' then '^[A-Z]{2,3}[0-9]{8,15}$'
                                when 'trademark' then '^IDM[0-9]{9}$'
                                when 'gi' then '^IDG[0-9]{9}$'
                              end
           then bare.number
           when kind = 'sni'
           then regexp_replace(regexp_replace(regexp_replace(plain.number, '^(NO[ .:]*)?(SNI[ .:-]*)?(NO[ .:]+)?', 'SNI '),
                                              'ISO(/IEC)? ?([0-9])', 'ISO\1 \2'),
                               '^(SNI( ISO(/IEC)?)? [0-9]{3,5}(-[0-9]{1,2})*)-((19|20)[0-9]{2})$', '\1:\5')
           when kind in ('organic', 'lab') then plain.number
           else regexp_replace(plain.number, '[ .-]', '', 'g')
         end
    from (select pg_temp.document_number(number)) as plain (number),
         lateral (select regexp_replace(regexp_replace(plain.number, '[ .:/-]', '', 'g'),
                    '^(NOMOR|NO|SERTIFIKAT|PENDAFTARAN|PERMOHONAN|REGISTRASI|REG|NIB|SPP|PIRT|IRT|BPJPH|LPPOM|MUI|HALAL|BADAN|'
                    || 'BPOM|POM|RI|IZIN|EDAR|MEREK|DJKI|INDIKASI|GEOGRAFIS)*', '')) as bare (number)
$$;

-- The patch of an open change request with one member as it is kept now.
create function pg_temp.kept(request change_request, member text, value text) returns change_request
language sql immutable as $$
  select case when request.patch ->> member is null then request
              else jsonb_populate_record(request, jsonb_build_object('patch', request.patch || jsonb_build_object(member, value)))
         end
$$;

-- [{number, …}] with its numbers as they are kept now.
create function pg_temp.documents(list jsonb) returns jsonb
language sql immutable as $$
  select coalesce(jsonb_agg(d.document || jsonb_build_object('number', pg_temp.document_number(d.document ->> 'number'))
                            order by d.position), '[]')
    from jsonb_array_elements(list) with ordinality d (document, position)
$$;

  with spelled as (
       select c.id, pg_temp.certificate_number(c.kind, c.number) as kept,
              case when c.deleted_at is null and c.status not in ('rejected', 'archived') and c.kind not in ('sni', 'lab')
                   then row_number() over (partition by c.kind, pg_temp.certificate_number(c.kind, c.number),
                                             c.deleted_at is null and c.status not in ('rejected', 'archived')
                                           order by upper(c.number) = pg_temp.certificate_number(c.kind, c.number) desc, c.id)
                   else 1
              end as place
         from certification c)
update certification c
   set number = s.kept
  from spelled s
 where s.id = c.id
   and s.place = 1
   and c.number <> s.kept;

update certification c
   set change_request = pg_temp.kept(c.change_request, 'number', pg_temp.certificate_number(
         coalesce((c.change_request).patch ->> 'kind', c.kind), (c.change_request).patch ->> 'number'))
 where (c.change_request).status = 'open'
   and (c.change_request).patch ->> 'number' is not null;

  with spelled as (
       select e.id, pg_temp.legal_number(e.legal_number) as kept,
              case when e.deleted_at is null
                   then row_number() over (partition by pg_temp.legal_number(e.legal_number), e.deleted_at is null
                                           order by upper(e.legal_number) = pg_temp.legal_number(e.legal_number) desc, e.id)
                   else 1
              end as place
         from village_enterprise e
        where e.legal_number is not null)
update village_enterprise e
   set legal_number = s.kept
  from spelled s
 where s.id = e.id
   and s.place = 1
   and e.legal_number <> s.kept;

update village_enterprise e
   set change_request = pg_temp.kept(e.change_request, 'legal_number',
                                     pg_temp.legal_number((e.change_request).patch ->> 'legal_number'))
 where (e.change_request).status = 'open'
   and (e.change_request).patch ->> 'legal_number' is not null;

update umkm u
   set contact_phone = pg_temp.phone(u.contact_phone), contact_whatsapp = pg_temp.phone(u.contact_whatsapp),
       contact_email = lower(u.contact_email)
 where (u.contact_phone, u.contact_whatsapp, u.contact_email)
       is distinct from (pg_temp.phone(u.contact_phone), pg_temp.phone(u.contact_whatsapp), lower(u.contact_email));

update umkm u
   set change_request = pg_temp.kept(pg_temp.kept(pg_temp.kept(u.change_request,
         'contact_phone', pg_temp.phone((u.change_request).patch ->> 'contact_phone')),
         'contact_whatsapp', pg_temp.phone((u.change_request).patch ->> 'contact_whatsapp')),
         'contact_email', lower((u.change_request).patch ->> 'contact_email'))
 where (u.change_request).status = 'open'
   and (u.change_request).patch ?| '{contact_phone,contact_whatsapp,contact_email}';

update flagship f
   set decree_number = pg_temp.document_number(f.decree_number),
       change_request = case when (f.change_request).status = 'open'
                             then pg_temp.kept(f.change_request, 'decree_number',
                                               pg_temp.document_number((f.change_request).patch ->> 'decree_number'))
                             else f.change_request end;
update star_assessment a
   set certificate_number = pg_temp.document_number(a.certificate_number),
       change_request = case when (a.change_request).status = 'open'
                             then pg_temp.kept(a.change_request, 'certificate_number',
                                               pg_temp.document_number((a.change_request).patch ->> 'certificate_number'))
                             else a.change_request end;
update export e set documents = pg_temp.documents(e.documents) where e.documents <> pg_temp.documents(e.documents);
update outcome o set evidence = pg_temp.documents(o.evidence) where o.evidence <> pg_temp.documents(o.evidence);
update commitment_progress p
   set proof = p.proof || jsonb_build_object('number', pg_temp.document_number(p.proof ->> 'number'))
 where p.proof ->> 'number' <> pg_temp.document_number(p.proof ->> 'number');
