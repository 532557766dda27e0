-- Search by the words of a text, whatever stands between them and however they are spelled. Lists in
-- the order of the Indonesian alphabet.

-- PostgreSQL's own parser makes hosts, paths, tags and signed numbers of `CV.Sumber`, `Kopi/Teh`,
-- `<Pedas>` and `No-12`. So these functions find the words, for a record and for a query alike.
-- pg_dump creates tables with an empty search_path, so the bodies name their schema.

-- A text in its plainest letters: small, without accents and invisible characters. What is neither
-- letter nor digit becomes a hyphen, or stays as a character of ASCII; what separates texts becomes
-- a blank. A hyphen also separates letters from digits, where two of each meet.
create function search_fold(x text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  folded text collate "C" := x;
begin
  if octet_length(folded) = length(folded) then  -- ASCII
    folded := translate(lower(folded), E'\t\n\r', '   ');
  else
    folded := normalize(translate(folded, '´', ''''), nfkd);
    -- Combining accents, Arabic vowel signs, and characters that nobody sees.
    folded := regexp_replace(folded, '[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\U000e0000-\U000e0fff]+', '', 'g');
    folded := translate(lower(folded collate "und-x-icu"), 'øłđħıŧς', 'oldhitσ');
    folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
    folded := regexp_replace(folded collate "und-x-icu", '[[:space:]]', ' ', 'g');
    -- The vowel signs of Javanese, Balinese and their relatives are no letters, but they stay.
    folded := regexp_replace(folded collate "und-x-icu",
      '[[:punct:]\u02b0-\u02ff]|[^\x01-\x7f[:alnum:]\u0700-\u1cff\ua800-\uabff\U00010a00-\U00011fff]', '-', 'g');
  end if;
  if folded ~ '[^ -@[-`{-~]{2}[0-9]{2}|[0-9]{2}[^ -@[-`{-~]{2}' then
    folded := regexp_replace(folded, '([^ -@[-`{-~]{2})([0-9]{2})', '\1-\2', 'g');
    folded := regexp_replace(folded, '([0-9]{2})([^ -@[-`{-~]{2})', '\1-\2', 'g');
  end if;
  return folded;
end
$$;

-- The words of some texts. A word that punctuation divides is found by its parts and as a whole:
-- `C.V.` by "cv", `Kopi/Teh` by "teh", `Batik57` by "57". A number is also found without its
-- blanks. Words end after 500 characters, because a tsvector takes no longer ones.
create function search_vector(texts text[], numbers text[] default null) returns tsvector
language plpgsql immutable parallel safe as $$
declare
  folded text collate "C";
  words  text[];
begin
  if numbers is not null then
    texts := texts || numbers || array(select regexp_replace(public.search_fold(n) collate "C", '[^a-z0-9\u0080-\U0010ffff]+', '', 'g')
                                         from unnest(numbers) n);
  end if;
  folded := public.search_fold(array_to_string(texts, ' '));
  words := string_to_array(regexp_replace(folded, '[^a-z0-9\u0080-\U0010ffff]+', ' ', 'g') || ' '
                           || regexp_replace(folded, '[^a-z0-9\u0080-\U0010ffff ]+', '', 'g'), ' ');
  if octet_length(folded) > 2000 then
    words := array(select left(w, 500) from unnest(words) w);
  end if;
  return array_to_tsvector(array_remove(words, ''));
end
$$;

grant execute on function
  search_fold(text), search_vector(text[], text[])
  to ovop_api, ovop_engine;

-- Small and capital letters stand together, accents do not matter, and `No. 2` comes before
-- `No. 10`. Two texts are equal only if their bytes are.
create collation indonesian (provider = icu, locale = 'id-u-kn-true');

-- PostgreSQL 15 cannot change the expression of a generated column, so the columns are made again.
-- With them go their indexes and grants. Names get the collation, and with them their indexes.
alter table user_account
  drop column search,
  alter column username type text collate indonesian,
  alter column full_name type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[username, full_name])) stored;
alter table service_account
  drop column search,
  alter column client_id type text collate indonesian,
  alter column name type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[client_id, name])) stored;
alter table district
  drop column search,
  alter column name type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[name], array[code, bps_code])) stored;
alter table village
  drop column search,
  alter column name type text collate indonesian,
  alter column district_name type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(array[name, district_name], array[code, bps_code])) stored;
alter table reference
  drop column search,
  alter column name type text collate indonesian,
  alter column name_en type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[name, name_en], array[code])) stored;
alter table village_enterprise
  drop column search,
  alter column name type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(name || jsonb_texts(jsonb_path_query_array(unit_businesses, '$[*].name')),
                                       array[legal_number])) stored;
alter table umkm
  drop column search,
  alter column name type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(array[name], array[nib, external_reference])) stored,
  -- The public must not find a UMKM by its NIB.
  add column search_public tsvector not null generated always as (search_vector(array[name])) stored;
alter table product
  drop column search,
  alter column name type text collate indonesian,
  alter column name_en type text collate indonesian,
  alter column brand type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(array[name, name_en, brand, story, story_en])) stored;
alter table training_program
  drop column search,
  alter column title type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[title, organiser, description])) stored;
alter table mentoring_session
  drop column search,
  alter column title type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[title, place])) stored;
alter table buyer
  drop column search,
  alter column name type text collate indonesian,
  add column search tsvector not null generated always as (search_vector(array[name])) stored;
alter table export
  drop column search,
  alter column exporter_name type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(array[exporter_name],
                                       exporter_nib || jsonb_texts(jsonb_path_query_array(documents, '$[*].number')))) stored;
alter table village_potential
  drop column search,
  alter column commodity type text collate indonesian,
  add column search tsvector not null
    generated always as (search_vector(array[commodity, description, description_en])) stored;
alter table flagship
  add column search tsvector not null generated always as (search_vector('{}', array[decree_number])) stored;
alter table certification
  drop column search,
  add column search tsvector not null generated always as (search_vector(array[issuer], array[number])) stored;
alter table star_assessment
  drop column search,
  add column search tsvector not null
    generated always as (search_vector(array[awarded_by, note], array[certificate_number])) stored;
alter table visit
  drop column search,
  add column search tsvector not null generated always as (search_vector(array[purpose, place, summary])) stored;
alter table aspiration
  drop column search,
  add column search tsvector not null generated always as (search_vector(array[text])) stored;
alter table commitment
  drop column search,
  add column search tsvector not null generated always as (search_vector(array[text])) stored;
-- A commitment is also found by the number of its proof.
alter table commitment_progress
  add column search tsvector not null generated always as (search_vector('{}', array[proof ->> 'number'])) stored;
alter table outcome
  drop column search,
  add column search tsvector not null
    generated always as (search_vector(array[description],
                                       jsonb_texts(jsonb_path_query_array(evidence, '$[*].number')))) stored;
alter table star_rubric
  alter column name type text collate indonesian,
  alter column name_en type text collate indonesian;
alter table report_snapshot
  alter column title type text collate indonesian;

create index on user_account using gin (search);
create index on service_account using gin (search);
create index on village using gin (search);
create index on reference using gin (search);
create index on village_enterprise using gin (search) where deleted_at is null;
create index on umkm using gin (search) where deleted_at is null;
create index on umkm using gin (search_public) where status = 'published' and deleted_at is null;
create index on product using gin (search) where deleted_at is null;
create index on training_program using gin (search) where deleted_at is null;
create index on mentoring_session using gin (search) where deleted_at is null;
create index on buyer using gin (search) where deleted_at is null;
create index on export using gin (search) where deleted_at is null;
create index on village_potential using gin (search) where deleted_at is null;
create index on flagship using gin (search) where deleted_at is null;
create index on certification using gin (search) where deleted_at is null;
create index on star_assessment using gin (search) where deleted_at is null;
create index on visit using gin (search) where deleted_at is null;
create index on aspiration using gin (search) where deleted_at is null;
create index on commitment using gin (search) where deleted_at is null;
create index on commitment_progress using gin (search) where deleted_at is null;
create index on outcome using gin (search) where deleted_at is null;

grant select (search_public) on umkm to ovop_public;
grant select (search) on village_enterprise, product to ovop_public;
