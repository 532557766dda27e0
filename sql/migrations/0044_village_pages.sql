-- A page of one village's products took them all, and sorted them: 4,000 where the register has a million. They are walked in the
-- order of an index now, and those of other villages that share them with it are read beside, of which there are few.

drop index product_village_code_status_name_id_id_idx;
create index on product (village_code, name_id, id) where deleted_at is null;
create index on product using gin (villages) where deleted_at is null and cardinality(villages) > 1;

-- Whether a list filtered by these values has it. One value alone is an equality: an index that begins with it then gives the
-- order of what follows.
create function is_one_of(value text, asked text[]) returns boolean
language sql immutable parallel safe as $$
  select case when asked is null then true when cardinality(asked) = 1 then value = asked[1] else value = any (asked) end
$$;

grant execute on function is_one_of(text, text[]) to ovop_api;
