-- A page of one village's products took them all, and sorted them: 4,000 where the register has a million. They are walked in the
-- order of an index now, and those of other villages that share them with it are read beside, of which there are few.

drop index product_village_code_status_name_id_id_idx;
create index on product (village_code, name_id, id) where deleted_at is null;
create index on product using gin (villages) where deleted_at is null and cardinality(villages) > 1;
