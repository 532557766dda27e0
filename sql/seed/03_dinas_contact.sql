-- The public contact if an owner did not agree to be contacted. The operator maintains it
-- afterwards.
insert into dinas_contact (name, links)
values ('Dinas Koperasi dan Usaha Mikro Kabupaten Blitar', '{https://www.blitarkab.go.id}')
    on conflict do nothing
