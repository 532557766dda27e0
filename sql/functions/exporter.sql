-- Exporters have no table: the names and NIB on exports identify them.

-- The same key for most spellings of a name: letters and digits without accents and width, without
-- legal forms at either end, and without "dan". A key joins names; it never proves that two names
-- are two exporters.
create function exporter_key(name text) returns text
language sql immutable parallel safe as $$
    with spelled as (
         select trim(regexp_replace(regexp_replace(upper(normalize(name, NFKD)), '[\u0300-\u036f\u200b-\u200f]', '', 'g'),
                                    '[^[:alnum:]]+', ' ', 'g')) as name),
         form (words) as (
         values ('(P ?T|C ?V|U ?D|P ?D|P ?O|P ?B|N ?V|F ?A|FIRMA|T ?B ?K|TERBUKA|PERSERO|PERORANGAN|PERSEROAN TERBATAS'
                 '|PERSE(KUTUAN|ROAN) KOMANDITER|(USAHA|PERUSAHAAN) DAGANG|PERUSAHAAN OTOBUS|KOP|KOPERASI|K ?S ?U|K ?U ?D'
                 '|YAYASAN|PERUM|PERUMDA|PERSERODA|BUMDES|BUMDESA|BUM DESA|BUMDESMA|CO|LTD|LIMITED|INC|LLC)'))
  select coalesce(nullif(regexp_replace(regexp_replace(regexp_replace(s.name, '^(' || f.words || ' )+', ''),
                                                       '( ' || f.words || ')+$', ''),
                                        '\y(DAN|AND)\y| ', '', 'g'), ''),
                  nullif(replace(s.name, ' ', ''), ''), upper(exporter_key.name))
    from spelled s, form f
$$;

-- For each name key that occurs with a NIB: the least key of the same exporter. Keys with the same
-- NIB are one exporter, and so are NIB with the same key, over any number of steps.
create function exporters_joined(names text[], nibs text[]) returns table (name text, exporter text)
language sql immutable parallel safe as $$
    with recursive named as (
         select distinct n.name, n.nib
           from unnest(names, nibs) n (name, nib)
          where n.nib is not null),
         reached as (
         select n.name, n.name as other
           from named n
          union
         select r.name, o.name
           from reached r
                join named n on n.name = r.other
                join named o on o.nib = n.nib)
  select r.name, min(r.other)
    from reached r
   group by r.name
$$;

grant execute on function
  exporter_key(text)
  to ovop_api;
